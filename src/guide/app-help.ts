import { knownId, namedApp } from "./context.ts";
import type { GuideContext } from "./context.ts";
import { appDashboardUrl, systemUsersUrl } from "./deep-links.ts";
import { bullets, code, command, label, link, paragraph, rich, steps } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** Help with the Meta app of the token, and with the security settings of the app and the business. */
export function appHelp(context: GuideContext): readonly Topic[] {
  return [wrongApp(context), appSecret, appBlocked(context), allowList(context), twoFactor(context)];
}

function wrongApp(context: GuideContext): Topic {
  return {
    id: "wrong-app",
    kind: "help",
    title: "The token belongs to another app",
    summary: "The token and the configuration of this bot belong to two different Meta apps.",
    parts: [
      paragraph(rich`Meta answers "App_id in the input_token did not match the Viewing App".`),
      bullets(
        rich`If the token is wrong, generate a new one and select ${namedApp(context)}: ${command("guide step 4")}.`,
        rich`If the configuration is wrong, set ${code("META_APP_ID")} and ${code("META_APP_SECRET")} of the token's app. For a second app, set ${code("appId")} and ${code("appSecret")} of that watch in the watchlist.`,
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
  title: "Set the app secret for appsecret_proof",
  summary: "If Require App Secret is on, every call needs a proof made with the app secret.",
  parts: [
    bullets(
      rich`Set ${code("META_APP_ID")} and ${code("META_APP_SECRET")} of the token's app for this bot (App → ${label("Settings")} → ${label("Basic")}).`,
      rich`With both values, the bot sends the proof. It can also show when a token expires and why it stopped working.`,
      rich`If Meta refuses the bot's app ID or secret, copy both again. A reset secret replaces the old one.`,
      rich`${label("Require App Secret")} is in App → ${label("Settings")} → ${label("Advanced")} → ${label("Security")}. With this setting, a stolen token is useless without the secret.`,
      rich`Turn it on only if your own app sends ${code("appsecret_proof")} with each call. Otherwise, the calls of your app fail.`,
    ),
  ],
  tips: [],
  keywords: phrases(
    "app secret, appsecret, require app secret, appsecret_proof, invalid appsecret_proof, proof, secret, client secret, error validating client secret, error validating application, meta_app_secret, misconfigured, expiry not known, code 1, error 1, 101",
  ),
};

// This topic must not suggest a new token or other permissions, because neither helps while Meta blocks the app.
// The App Dashboard shows Meta's reason, and an admin can restore an inactive app: Meta's pages on enforcement and data
// access, read 2026-11.
function appBlocked(context: GuideContext): Topic {
  return {
    id: "app-blocked",
    kind: "help",
    title: "Meta blocked or deleted the app",
    summary: "No token of this app works until Meta restores the app; a new token changes nothing.",
    parts: [
      paragraph(rich`Meta answers "API access blocked." or "Application has been deleted" for every token of the app.`),
      steps(
        rich`Open the ${link("App Dashboard", appDashboardUrl(context))} and choose the app${knownId(context.appId)}.`,
        rich`Read the alerts of Meta there.`,
        rich`Read the email that Meta sent to the app's contact address (${label("Settings")} → ${label("Basic")}).`,
        {
          spans: rich`Do what Meta asks, or appeal.`,
          bullets: [rich`If Meta turned the app off because nobody used it, an admin of the app can restore it there.`],
        },
        rich`Run ${command("check")} again. The result shows whether the token still works.`,
      ),
      bullets(
        rich`If the app is not in the list, somebody deleted it or you are not an admin. Ask the other admins, then Meta's support.`,
        rich`Do not change the system user or its permissions. They are not the cause.`,
      ),
    ],
    tips: [],
    keywords: phrases(
      "app blocked, blocked app, app deleted, deleted app, application has been deleted, validating application has been deleted, app disabled, app suspended, app inactive, app restricted, api access blocked, access blocked, deleted, disabled, suspended, appeal",
    ),
  };
}

// The list is a setting of the app: Facebook Login security page, read 2026-11.
function allowList(context: GuideContext): Topic {
  return {
    id: "allow-list",
    kind: "help",
    title: "Add this bot to the allow list of the app",
    summary: "The Meta app accepts calls only from listed server addresses, and this bot is not on the list.",
    parts: [
      paragraph(rich`Meta answers with code 5. This code says nothing about the token.`),
      steps(
        rich`Find the public address of this bot. Ask the team that runs its network or proxy.`,
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
    title: "Turn on two-factor authentication for the business",
    summary: "Meta refuses calls until the people in the business turn on two-factor authentication.",
    parts: [
      paragraph(rich`Meta answers with code 415, subcode 2859009. This code says nothing about the token.`),
      steps(
        {
          spans: rich`Turn on two-factor authentication in your own Meta account.`,
          bullets: [rich`Each person with a role in the app or the business must do this.`],
        },
        rich`Ask an admin to look in ${link("Business settings", systemUsersUrl(context))} for people without two-factor authentication.`,
        rich`Run ${command("check")}.`,
      ),
    ],
    tips: [],
    keywords: phrases(
      "two factor, 2 factor, twofactor, 2fa, mfa, two factor authentication, two factor required, authenticator, 415, 2859009",
    ),
  };
}
