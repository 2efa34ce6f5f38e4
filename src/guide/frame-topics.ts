import type { GuideContext } from "./context.ts";
import { appDashboardUrl, businessHomeUrl } from "./deep-links.ts";
import { bold, bullets, code, command, label, link, paragraph, rich } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** The reason for the whole setup, so it comes before the steps. */
export const overviewTopic: Topic = {
  id: "overview",
  kind: "setup",
  title: "Get a WhatsApp token that does not expire (System User)",
  summary: "You can set a System User token to never expire.",
  parts: [
    paragraph(
      rich`Use a ${bold("System User")} token: you can set it to ${bold("never expire")}. The token from ${label("Generate access token")} on API Setup expires, often in 1 hour or 24 hours. Your app then gets "Session has expired" errors.`,
    ),
  ],
  tips: [
    rich`Run ${command("check")} to read the real expiry date of your token. Do not guess it, because Meta changes these times.`,
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
    title: `If you do not see "System users"`,
    summary: "System users need a Meta Business Account with your app linked to it.",
    parts: [
      bullets(
        rich`You need a ${bold("Meta Business Account")} (newer name: ${bold("business portfolio")}). If you only have a developer account and no Business Manager, create one at ${link("business.facebook.com", businessHomeUrl)}.`,
        rich`Link your app to that business, for example in ${link("App", appDashboardUrl(context))} → ${label("Settings")} → ${label("Basic")} → Business account.`,
        rich`If Meta refuses to add a system user, use an existing one or try again later. Not every business can add system users immediately.`,
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
  title: "Summary: which token to use",
  summary: "Use API Setup tokens for testing and System User tokens for production.",
  parts: [
    {
      kind: "table",
      header: [rich`Token from API Setup`, rich`System User token`],
      rows: [
        [rich`Expires in 1–24 hours (or 60 days)`, rich`Can be set to ${label("Never")} (or 60 days)`],
        [rich`Quick to get`, rich`One-time setup in Business Settings`],
        [rich`Good for testing`, rich`Good for production, no "Session has expired" errors`],
      ],
    },
    paragraph(
      rich`With ${label("Never")}, you need a new token only if you revoke this one or change its permissions.`,
    ),
  ],
  tips: [
    rich`With ${label("60 days")}, refresh the token or repeat step 4 before the 60 days end.`,
    rich`Watch a ${label("Never")} token too. It can be revoked, or lose a permission or its account. Meta does not announce these changes.`,
    rich`Your app must be ${bold("Live")} to reach real recipients, and delivery needs a payment method. See ${command("guide live")}.`,
    rich`If ${label("Require App Secret")} is on, every call needs ${code("appsecret_proof")}. This bot sends the proof if it knows the secret. See ${command("guide app secret")}.`,
  ],
  keywords: phrases("summary, table, compare, comparison, difference, which token, versus, vs, testing, production"),
};
