import { appDashboardUrl, businessHomeUrl } from "./deep-links.ts";
import { bold, bullets, code, link, paragraph, rich } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

/** Why to do it at all: stands before the steps. */
export const overviewTopic: Topic = {
  id: "overview",
  origin: "seed",
  title: "WhatsApp token that doesn't expire (System User)",
  summary: "A System User token can be set to never expire.",
  parts: [
    paragraph(
      rich`The token from ${bold("Generate access token")} on API Setup expires (often in 1 hour or 24 hours). To avoid "Session has expired" errors, use a ${bold("System User")} token that can be set to ${bold("never expire")}.`,
    ),
  ],
  notes: [
    {
      advice: rich`do not guess how long your token lasts: ${code("/wa-token check")} reads its real end date.`,
      why: rich`Meta changes these times.`,
    },
  ],
  keywords: phrases(
    "overview, intro, set up, setup, api setup, temporary, temporary token, 1 hour, 24 hours, 1h, 24h, permanent, permanent token, does not expire",
  ),
  alone: phrases(
    "why, start, step, token, access token, whatsapp, whatsapp token, whatsapp api token, system user token, get started",
  ),
};

export const systemUsersTopic: Topic = {
  id: "system-users",
  origin: "seed",
  title: `If you don't see "System users"`,
  summary: "System users need a Meta Business Account with your app linked to it.",
  parts: [
    bullets(
      rich`You need a ${bold("Meta Business Account")}. If you only have a developer account and no Business Manager, create one at ${link("business.facebook.com", businessHomeUrl)} and link your app to it.`,
      rich`Your app must be linked to that business (e.g. in ${link("App", appDashboardUrl)} → ${bold("Settings")} → ${bold("Basic")} → Business account).`,
    ),
  ],
  notes: [
    {
      advice: rich`look for "business portfolio" too.`,
      why: rich`that is Meta's newer name for a business account.`,
    },
    {
      advice: rich`if the page is there but adding is refused, use a system user you already have, or try again later.`,
      why: rich`not every business can add system users at once.`,
    },
  ],
  keywords: phrases(
    "system users, dont see system users, no system users, missing system users, cannot find system users, dont see, business account, meta business account, business manager, business portfolio, portfolio, developer account, link app, link app to business",
  ),
};

export const summaryTopic: Topic = {
  id: "summary",
  origin: "seed",
  title: "Summary",
  summary: "API Setup tokens are for testing, System User tokens for production.",
  parts: [
    {
      kind: "table",
      header: [rich`Token from API Setup`, rich`System User token`],
      rows: [
        [rich`Expires in 1–24 hours (or 60 days)`, rich`Can be set to ${bold("Never")} (or 60 days)`],
        [rich`Quick to get`, rich`One-time setup in Business Settings`],
        [rich`Good for testing`, rich`Good for production / no "Session has expired"`],
      ],
    },
    paragraph(rich`After this, you won't need to regenerate the token unless you revoke it or change permissions.`),
  ],
  notes: [
    {
      advice: rich`with 60 days, refresh it or repeat step 4 before they end; with Never, still keep it watched.`,
      why: rich`any token can be revoked or lose a permission or its WhatsApp account, and Meta tells nobody.`,
    },
    {
      advice: rich`your app must be ${bold("Live")} to reach real recipients, and delivery needs a payment method. See ${code("/wa-token guide live")}.`,
    },
    {
      advice: rich`if you turn on ${bold("Require App Secret")}, every call needs ${code("appsecret_proof")}. See ${code("/wa-token guide app secret")}.`,
      why: rich`a stolen token is then useless without the secret; this bot sends the proof when it knows the secret.`,
    },
  ],
  keywords: phrases("summary, table, compare, comparison, difference, which token, versus, vs, testing, production"),
};
