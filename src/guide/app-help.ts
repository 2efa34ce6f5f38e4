import { knownId, namedApp } from "./context.ts";
import type { GuideContext } from "./context.ts";
import { appDashboardUrl, systemUsersUrl } from "./deep-links.ts";
import { bullets, code, command, label, link, paragraph, rich, steps } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** Help about the Meta app behind the token, and about what a business demands of it. */
export function appHelp(context: GuideContext): readonly Topic[] {
  return [wrongApp(context), appSecret, appBlocked(context), allowList(context), twoFactor(context)];
}

function wrongApp(context: GuideContext): Topic {
  return {
    id: "wrong-app",
    kind: "help",
    title: "The token belongs to another app",
    summary: "The token was generated for a different Meta app than the one this bot is set up with.",
    parts: [
      paragraph(rich`Meta says "App_id in the input_token did not match the Viewing App".`),
      bullets(
        rich`The token is wrong: generate one and select ${namedApp(context)} in ${command("guide step 4")}.`,
        rich`The bot's configuration is wrong: give it the ${code("META_APP_ID")} and ${code("META_APP_SECRET")} of the token's app. For a second app, set ${code("appId")} and ${code("appSecret")} of that watch in the watchlist.`,
      ),
    ],
    tips: [],
    keywords: phrases(
      "wrong app, other app, another app, different app, app id, app id did not match, app_id in the input_token did not match the viewing app, did not match, viewing app, meta_app_id, mismatch",
    ),
  };
}

// App settings > Advanced > Security; Facebook Login security page, read 2026-11.
const appSecret: Topic = {
  id: "app-secret",
  kind: "help",
  title: "App secret and appsecret_proof",
  summary: "With Require App Secret on, every call needs a proof made with the app secret.",
  parts: [
    bullets(
      rich`${label("Require App Secret")} is in App → ${label("Settings")} → ${label("Advanced")} → ${label("Security")}. A stolen token is then useless without the secret.`,
      rich`Turn it on only when your own app sends ${code("appsecret_proof")} with each call, or its calls will fail.`,
      rich`This bot sends the proof when it knows the secret: set ${code("META_APP_ID")} and ${code("META_APP_SECRET")} (App → ${label("Settings")} → ${label("Basic")}), both of the app the token was made for.`,
      rich`The pair also lets the bot tell when a token ends and why it died.`,
      rich`Meta refuses the bot's own id or secret? Copy both again. A reset secret replaces the old one.`,
    ),
  ],
  tips: [],
  keywords: phrases(
    "app secret, appsecret, require app secret, appsecret_proof, invalid appsecret_proof, proof, secret, client secret, error validating client secret, error validating application, meta_app_secret, misconfigured, expiry not known, code 1, error 1, 101",
  ),
};

// Nothing here may send people after a new token or other permissions: while the app is blocked, none of it helps.
// Where Meta says why, and that an admin can restore an inactive app: enforcement and data access pages, read 2026-11.
function appBlocked(context: GuideContext): Topic {
  return {
    id: "app-blocked",
    kind: "help",
    title: "Meta blocked or deleted the app",
    summary: "No token of this app works until Meta gives the app back; a new token changes nothing.",
    parts: [
      paragraph(
        rich`Meta answers "API access blocked." or "Application has been deleted". Every token of the app fails with it.`,
      ),
      steps(
        rich`Open the ${link("App Dashboard", appDashboardUrl(context))} and choose the app${knownId(context.appId)}.`,
        rich`Read Meta's alerts there, and the e-mail that Meta sent to the app's contact address (${label("Settings")} → ${label("Basic")}).`,
        rich`Do what Meta asks for, or appeal. Did Meta switch the app off because nobody used it? An admin of the app can restore it there.`,
        rich`Run ${command("check")} again. It says whether the token still works.`,
      ),
      bullets(
        rich`The app is not in the list? Somebody deleted it, or you are no admin of it. Ask the other admins, then Meta's support.`,
        rich`Leave the system user and its permissions as they are: they are not the cause.`,
      ),
    ],
    tips: [],
    keywords: phrases(
      "app blocked, blocked app, app deleted, deleted app, application has been deleted, validating application has been deleted, app disabled, app suspended, app inactive, app restricted, api access blocked, access blocked, deleted, disabled, suspended, appeal",
    ),
  };
}

// The list is one of the app's own settings; Facebook Login security page, read 2026-11.
function allowList(context: GuideContext): Topic {
  return {
    id: "allow-list",
    kind: "help",
    title: "The app takes calls from listed addresses only",
    summary: "The Meta app has a list of allowed server addresses, and this bot's address is not on it.",
    parts: [
      paragraph(rich`Meta answers with code 5. This says nothing about the token.`),
      steps(
        rich`Find the public address from which this bot calls: ask the people who run its network, or its proxy.`,
        rich`Open the ${link("App Dashboard", appDashboardUrl(context))} → the app${knownId(context.appId)} → ${label("Settings")} → ${label("Advanced")} → ${label("Security")}.`,
        rich`Add the address to the app's list of server IP addresses.`,
        rich`Run ${command("check")}.`,
      ),
    ],
    tips: [],
    keywords: phrases(
      "allow list, allowlist, ip allow list, ip allowlist, whitelist, ip whitelist, server ip, listed addresses, address not allowed, ip address, unauthorized source ip address, ip, firewall, code 5, error 5",
    ),
  };
}

function twoFactor(context: GuideContext): Topic {
  return {
    id: "two-factor",
    kind: "help",
    title: "The business demands two-factor authentication",
    summary: "Meta refuses calls until the people of the business have turned on two-factor authentication.",
    parts: [
      paragraph(rich`Meta answers with code 415, subcode 2859009. This says nothing about the token.`),
      steps(
        rich`Each person with a role in the app or the business turns on two-factor authentication in their own Meta account.`,
        rich`An admin of the business looks in ${link("Business settings", systemUsersUrl(context))} for people without it.`,
        rich`Run ${command("check")}.`,
      ),
    ],
    tips: [],
    keywords: phrases(
      "two factor, 2 factor, twofactor, 2fa, mfa, two factor authentication, two factor required, authenticator, 415, 2859009",
    ),
  };
}
