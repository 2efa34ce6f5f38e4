import type { GuideContext } from "./context.ts";
import { appDashboardUrl, businessHomeUrl } from "./deep-links.ts";
import { bold, bullets, code, command, label, link, paragraph, rich } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** Why to do it at all: stands before the steps. */
export const overviewTopic: Topic = {
  id: "overview",
  kind: "setup",
  title: "WhatsApp token that doesn't expire (System User)",
  summary: "A System User token can be set to never expire.",
  parts: [
    paragraph(
      rich`The token from ${label("Generate access token")} on API Setup expires (often in 1 hour or 24 hours). To avoid "Session has expired" errors, use a ${bold("System User")} token that can be set to ${bold("never expire")}.`,
    ),
  ],
  tips: [
    rich`Do not guess how long your token lasts, because Meta changes these times. ${command("check")} reads its real end date.`,
  ],
  keywords: phrases(
    "overview, intro, set up, setup, api setup, temporary, temporary token, 1 hour, 24 hours, 1h, 24h, permanent, permanent token, does not expire, token that does not expire, whatsapp token that does not expire",
  ),
  alone: phrases(
    "why, start, step, token, access token, whatsapp, whatsapp token, whatsapp api token, system user token, app token, get started",
  ),
};

export function systemUsersTopic(context: GuideContext): Topic {
  return {
    id: "system-users",
    kind: "setup",
    title: `If you don't see "System users"`,
    summary: "System users need a Meta Business Account with your app linked to it.",
    parts: [
      bullets(
        rich`You need a ${bold("Meta Business Account")} (newer name: ${bold("business portfolio")}). If you only have a developer account and no Business Manager, create one at ${link("business.facebook.com", businessHomeUrl)} and link your app to it.`,
        rich`Your app must be linked to that business (e.g. in ${link("App", appDashboardUrl(context))} → ${label("Settings")} → ${label("Basic")} → Business account).`,
        rich`The page is there, but Meta refuses to add one? Not every business can add system users at once. Use one that you have, or try again later.`,
      ),
    ],
    tips: [],
    keywords: phrases(
      "system users, systemuser, dont see system users, no system users, missing system users, cannot find system users, dont see, business account, meta business account, business manager, business portfolio, portfolio, developer account, link app, link app to business",
    ),
    alone: phrases("system, user"),
  };
}

export const summaryTopic: Topic = {
  id: "summary",
  kind: "setup",
  title: "Summary",
  summary: "API Setup tokens are for testing, System User tokens for production.",
  parts: [
    {
      kind: "table",
      header: [rich`Token from API Setup`, rich`System User token`],
      rows: [
        [rich`Expires in 1–24 hours (or 60 days)`, rich`Can be set to ${label("Never")} (or 60 days)`],
        [rich`Quick to get`, rich`One-time setup in Business Settings`],
        [rich`Good for testing`, rich`Good for production / no "Session has expired"`],
      ],
    },
    paragraph(rich`After this, you won't need to regenerate the token unless you revoke it or change permissions.`),
  ],
  tips: [
    rich`With 60 days, refresh the token or repeat step 4 before they end. Keep a Never token watched too: it can be revoked or lose a permission or its account, and Meta does not announce that.`,
    rich`Your app must be ${bold("Live")} to reach real recipients, and delivery needs a payment method. See ${command("guide live")}.`,
    rich`With ${label("Require App Secret")} on, every call needs ${code("appsecret_proof")}. This bot sends the proof when it knows the secret. See ${command("guide app secret")}.`,
  ],
  keywords: phrases("summary, table, compare, comparison, difference, which token, versus, vs, testing, production"),
};
