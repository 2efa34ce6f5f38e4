import type { GuideContext } from "./context.ts";

export const businessHomeUrl = "https://business.facebook.com";

/** The list of the reader's apps. */
export const appsUrl = "https://developers.facebook.com/apps";

// Meta's page on generating, refreshing and revoking system user tokens, read 2026-11.
export const systemUserTokensUrl =
  "https://developers.facebook.com/docs/business-management-apis/system-users/install-apps-and-generate-tokens";

/** The System users page of the configured business. Without a business ID: Business settings, where people choose one. */
export function systemUsersUrl(context: GuideContext): string {
  if (context.businessId === undefined || context.businessId === "") return settingsUrl;
  return `${settingsUrl}/system_users?business_id=${encodeURIComponent(context.businessId)}`;
}

/** The phone numbers in WhatsApp Manager. Without an account ID, Meta shows the account that was open last. */
export function whatsappManagerUrl({ accountId }: GuideContext): string {
  return accountId === undefined || accountId === ""
    ? numbersUrl
    : `${numbersUrl}?waba_id=${encodeURIComponent(accountId)}`;
}

/** The app in Meta's App Dashboard. Without an app ID: the list of the reader's apps. */
export function appDashboardUrl({ appId }: GuideContext): string {
  return appId === undefined || appId === "" ? appsUrl : `${appsUrl}/${encodeURIComponent(appId)}/dashboard/`;
}

const settingsUrl = `${businessHomeUrl}/latest/settings`;
const numbersUrl = `${businessHomeUrl}/wa/manage/phone-numbers/`;
