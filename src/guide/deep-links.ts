import type { GuideContext } from "./context.ts";

export const businessHomeUrl = "https://business.facebook.com";
export const appDashboardUrl = "https://developers.facebook.com/apps";
// Meta's page on generating, refreshing and revoking system user tokens, read 2026-11.
export const systemUserTokensUrl =
  "https://developers.facebook.com/docs/business-management-apis/system-users/install-apps-and-generate-tokens";

const settingsUrl = `${businessHomeUrl}/latest/settings`;

/** The System users page of the configured business; without a business id the Business settings page, where Meta asks which. */
export function systemUsersUrl(context: GuideContext): string {
  if (context.businessId === undefined || context.businessId === "") return settingsUrl;
  return `${settingsUrl}/system_users?business_id=${encodeURIComponent(context.businessId)}`;
}
