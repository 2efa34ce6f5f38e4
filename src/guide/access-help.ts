import { namedApp } from "./context.ts";
import type { GuideContext } from "./context.ts";
import { systemUsersUrl } from "./deep-links.ts";
import { bold, bullets, code, link, paragraph, rich, steps } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** Help for a token that is alive and still fails: permissions, WhatsApp account, app, secret, sending. */
export function accessHelp(context: GuideContext): readonly Topic[] {
  return [scopes, account(context), wrongApp(context), appSecret, live];
}

const scopes: Topic = {
  id: "scopes",
  origin: "added",
  title: "Permissions (scopes)",
  summary: "The token needs two WhatsApp permissions, chosen when it is generated.",
  parts: [
    bullets(
      rich`${code("whatsapp_business_messaging")}: send and receive messages.`,
      rich`${code("whatsapp_business_management")}: read the account, its phone numbers and templates.`,
      rich`${code("business_management")} is optional. You need no other to send and to inspect.`,
    ),
    paragraph(
      rich`One is missing? A token never gains permissions later. Make a new one and enable both: ${code("/wa-token guide step 4")}.`,
    ),
    paragraph(rich`No permissions to choose from? The app may not be assigned yet: ${code("/wa-token guide step 3")}.`),
  ],
  notes: [],
  nextStep: 4,
  keywords: phrases(
    "scope, scope missing, missing scope, permission, missing permission, permission list empty, whatsapp_business_messaging, whatsapp_business_management, business_management",
  ),
};

// "(#100) … does not exist" for an account that is not assigned: observed by many users, read 2026-11.
function account(context: GuideContext): Topic {
  const number = context.phoneNumberId === undefined ? rich`` : rich` (yours is set to ${code(context.phoneNumberId)})`;
  return {
    id: "account",
    origin: "added",
    title: "Assign the WhatsApp account",
    summary: "A valid token still fails when its system user has no access to the WhatsApp account.",
    parts: [
      paragraph(
        rich`This is the usual cause of "(#100) … does not exist, cannot be loaded due to missing permissions", and of codes 10, 200–299 and 131005.`,
      ),
      steps(
        rich`Open your system user in ${link("Business settings", systemUsersUrl(context))} → ${bold("Assign assets")}.`,
        rich`${bold("WhatsApp accounts")} → your account → ${bold("Manage WhatsApp Business Accounts")} (Full control) → ${bold("Assign assets")}.`,
        rich`Reload until it shows ${bold("Full control")}. This can take minutes.`,
        rich`Still refused? Make a new token: ${code("/wa-token guide step 4")}. An older one may not see the account.`,
      ),
      bullets(
        rich`Check the ids: ${code("WHATSAPP_PHONE_NUMBER_ID")} is the id of the number${number}, not the number itself and not the id of the WhatsApp account.`,
        rich`Check the permissions as well: ${code("/wa-token guide scopes")}.`,
      ),
    ],
    notes: [],
    nextStep: 4,
    keywords: phrases(
      "account, whatsapp account, whatsapp business account, assign whatsapp account, waba, phone number, phone unreachable, unreachable, does not exist, cannot be loaded, unsupported get request, object does not exist cannot be loaded due to missing permissions, does not exist cannot be loaded due to missing permissions, access denied, no access, 10, 33, 100, 200, 131005",
    ),
  };
}

function wrongApp(context: GuideContext): Topic {
  return {
    id: "wrong-app",
    origin: "added",
    title: "The token belongs to another app",
    summary: "The token was generated for a different Meta app than the one this bot is set up with.",
    parts: [
      paragraph(rich`Meta says "App_id in the input_token did not match the Viewing App".`),
      bullets(
        rich`The token is wrong: generate one and select ${namedApp(context)} in ${code("/wa-token guide step 4")}.`,
        rich`The bot's configuration is wrong: give it the ${code("META_APP_ID")} and ${code("META_APP_SECRET")} of the token's app. For a second app, set ${code("appId")} and ${code("appSecret")} of that watch in the watchlist.`,
      ),
    ],
    notes: [],
    keywords: phrases(
      "wrong app, other app, another app, different app, app id, app id did not match, app_id in the input_token did not match the viewing app, did not match, viewing app, meta_app_id, mismatch",
    ),
  };
}

// App settings > Advanced > Security; Facebook Login security page, read 2026-11.
const appSecret: Topic = {
  id: "app-secret",
  origin: "added",
  title: "App secret and appsecret_proof",
  summary: "With Require App Secret on, every call needs a proof made with the app secret.",
  parts: [
    bullets(
      rich`${bold("Require App Secret")} is in App → Settings → Advanced → Security. A stolen token is then useless without the secret.`,
      rich`Turn it on only when your own app sends ${code("appsecret_proof")} with each call, or its calls will fail.`,
      rich`This bot sends the proof when it knows the secret: set ${code("META_APP_ID")} and ${code("META_APP_SECRET")} (App → Settings → Basic), both of the app the token was made for.`,
      rich`The pair also lets the bot tell when a token ends and why it died.`,
      rich`Meta refuses the bot's own id or secret? Copy both again. A reset secret replaces the old one.`,
    ),
  ],
  notes: [],
  keywords: phrases(
    "app secret, require app secret, appsecret_proof, invalid appsecret_proof, proof, secret, client secret, error validating client secret, error validating application, meta_app_secret, misconfigured, expiry not known, 101",
  ),
};

const live: Topic = {
  id: "live",
  origin: "added",
  title: "The token is fine, but nothing arrives",
  summary: "The app must be Live and the account needs a payment method; a new token changes nothing here.",
  parts: [
    bullets(
      rich`The app must be ${bold("Live")} to reach real recipients. In Development mode only test recipients get messages. Publishing needs a privacy policy URL and an icon.`,
      rich`Delivery needs a payment method on the WhatsApp account (codes 131042, 141006).`,
      rich`Meta may restrict or lock the account (codes 368, 131031). Only Meta can lift that: look at the account in Business settings.`,
      rich`${code("/wa-token check")} shows whether Meta lets the number send, and what blocks it.`,
    ),
  ],
  notes: [],
  keywords: phrases(
    "live, app live, live mode, development mode, publish, privacy policy, payment, payment method, billing, credit card, delivery, not delivered, messages not delivered, not sent, not sending, messages not sent, message failed, sending failed, nothing arrives, real recipients, test number, sending blocked, cannot send, blocked, restricted, locked, account restricted, account locked, account blocked, 368, 131031, 131042, 141006",
  ),
};
