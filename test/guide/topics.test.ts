import { assert, describe, expect, it } from "vitest";
import type { GuideContext } from "../../src/guide/context.ts";
import { topicText } from "../../src/cli/guide/topic-text.ts";
import { plain } from "../support/looks.ts";
import { plainText } from "../../src/words/plain-text.ts";
import type { Part, Span, Spans } from "../../src/guide/rich-text.ts";
import { topicForFinding } from "../../src/guide/finding-topic.ts";
import { anEvidence } from "../support/builders.ts";
import type { Topic, TopicId } from "../../src/guide/topic.ts";
import { guideTopics, setupTopics } from "../../src/guide/topics.ts";

const nobody: GuideContext = { appName: "" };

function topic(id: TopicId, context: GuideContext = nobody): Topic {
  const found = guideTopics(context).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no topic ${id}`);
  return found;
}

/** The text of a topic in one line, without its tips. */
function partsText(one: Topic): string {
  return topicText({ ...one, tips: [] }, plain(100_000)).replaceAll(/\s*\n\s*/g, " ");
}

function tipsText(one: Topic): string {
  return one.tips.map((tip) => plainText(tip, { command: (words) => `wa-token ${words}`, date: String })).join(" ");
}

/** Every line of a part: a paragraph, a list item, a sub-point or a cell of a table. */
function linesOf(part: Part): readonly Spans[] {
  switch (part.kind) {
    case "paragraph":
      return [part.spans];
    case "list":
      return part.items.flatMap(({ spans, bullets = [] }) => [spans, ...bullets]);
    default:
      return [...part.header, ...part.rows.flat()];
  }
}

function allSpans(context: GuideContext): readonly Span[] {
  return guideTopics(context).flatMap((one) => [...one.parts.flatMap(linesOf).flat(), ...one.tips.flat()]);
}

function allUrls(context: GuideContext): readonly string[] {
  return allSpans(context).flatMap((span) => (span.kind === "link" ? [span.url] : []));
}

describe("the guide", () => {
  it("lists the setup topics in order, then the help topics", () => {
    expect(
      guideTopics(nobody)
        .map((one) => one.id)
        .join(" "),
    ).toBe(
      "overview step-1 step-2 step-3 step-4 step-5 system-users summary " +
        "expired never leak verify scopes account ids register live " +
        "wrong-app app-secret app-blocked allow-list two-factor errors",
    );
  });

  it.each<[TopicId, string]>([
    ["overview", 'The token from "Generate access token" on API Setup expires, often in 1 hour or 24 hours.'],
    ["overview", "Use a System User token: you can set it to never expire."],
    ["overview", 'Your app then gets "Session has expired" errors.'],
    ["step-1", "Step 1: Open Business Settings"],
    ["step-1", "1. Go to business.facebook.com (https://business.facebook.com)."],
    ["step-1", '2. Use the "Meta Business Suite" account that owns your app. Switch to it if another account is open.'],
    ["step-1", '"☰" menu (top left) → "Business Settings" (or "Settings" → "Business settings").'],
    ["step-2", "Step 2: Create a System User"],
    ["step-2", `1. In the left menu, go to "Users" → "System users" (under "People").`],
    ["step-2", '2. Click "Add".'],
    ["step-2", '3. Enter a name, for example "WhatsApp API".'],
    ["step-2", '4. Choose the role "Admin".'],
    ["step-2", '5. Click "Create system user".'],
    ["step-3", "Step 3: Assign Your App and WhatsApp Account"],
    ["step-3", "1. Open the system user you just created."],
    ["step-3", '2. Click "Assign assets" (or "Add assets").'],
    ["step-3", '3. Choose "Apps" → select your app.'],
    ["step-3", '4. Set the permission to "Full control" (or "Manage app").'],
    ["step-3", '6. Click "Assign assets" to save.'],
    ["step-4", "Step 4: Generate a Token for the System User"],
    ["step-4", '"Generate new token"'],
    ["step-4", '2. Select your app, then click "Next".'],
    ["step-4", "- whatsapp_business_messaging"],
    ["step-4", "- whatsapp_business_management"],
    ["step-4", '3. Choose the token expiration "Never", then click "Next".'],
    ["step-4", 'If Meta does not offer "Never", choose "60 days". Repeat this step before the 60 days end.'],
    ["step-4", '5. Click "Generate token".'],
    ["step-4", "6. Copy the token and store it safely. You cannot see it again."],
    ["step-5", "Step 5: Put the Token in Your App"],
    ["step-5", "1. Open the .env file of your project."],
    ["step-5", "2. Set: WHATSAPP_ACCESS_TOKEN=the_token_you_just_copied"],
    ["step-5", "3. Keep WHATSAPP_PHONE_NUMBER_ID as it is."],
    ["step-5", "4. Restart the app if it reads the token only at start (for example npm run dev)."],
    ["system-users", 'If you do not see "System users"'],
    ["system-users", "You need a Meta Business Account"],
    [
      "system-users",
      "If you only have a developer account and no Business Manager, create one at business.facebook.com",
    ],
    ["system-users", "Link your app to that business"],
    ["system-users", '→ "Settings" → "Basic" → Business account.'],
    ["summary", "Token from API Setup | System User token"],
    ["summary", 'Expires in 1–24 hours (or 60 days) | Can be set to "Never" (or 60 days)'],
    ["summary", "| One-time setup in Business Settings"],
    ["summary", "Quick to get"],
    ["summary", `Good for testing | Good for production, no "Session has expired" errors`],
    ["summary", 'With "Never", you need a new token only if you revoke this one or change its permissions.'],
  ])("%s says: %s", (id, words) => {
    expect(topic(id).kind).toBe("setup");
    expect(partsText(topic(id)).replaceAll(/ {2,}/g, " ")).toContain(words);
  });

  it.each<[TopicId, string]>([
    ["step-2", '"Employee" is enough. It exposes less if the token leaks'],
    ["step-2", "younger than seven days"],
    ["step-3", '"WhatsApp accounts" → select your account → "Full control"'],
    ["step-3", '"Manage WhatsApp Business Accounts"'],
    ["step-3", "also has a Messaging account, assign it with full control too. You need both."],
    ["step-3", 'Reload the page until the app shows "Full control"'],
    ["step-3", "Generate the token only after that."],
    ["step-3", '"Manage app"'],
    ["step-4", "directly into your secret store"],
    ["step-4", "Never put the token in a message, not even in a DM to this bot"],
    ["step-5", "5. Run `wa-token check`"],
    ["system-users", "business portfolio"],
    ["system-users", "Not every business can add system users immediately."],
  ])("%s warns inside the step: %s", (id, words) => {
    expect(partsText(topic(id))).toContain(words);
  });

  it.each<[TopicId, string]>([
    ["overview", "to read the real expiry date of your token"],
    ["step-3", "A missing WhatsApp account is the most common reason why a valid token still fails."],
    ["step-4", "business_management is optional"],
    ["step-4", 'Meta recommends "60 days" and does not offer "Never" to every business.'],
    ["step-4", "Do not refresh a token that never expires. Meta would give you a 60-day token."],
    ["step-5", "Slack's servers still see the text in the form, and the form says so."],
    ["summary", "Require App Secret"],
    ["summary", "appsecret_proof"],
    ["summary", "must be Live to reach real recipients, and delivery needs a payment method"],
  ])("%s has the tip: %s", (id, words) => {
    expect(tipsText(topic(id))).toContain(words);
    expect(partsText(topic(id))).not.toContain(words);
  });

  it("follows the order of Meta's dialog: app, expiration, permissions, Generate token", () => {
    const [, , ...dialog] = partsText(topic("step-4")).split(/ (?=\d\. )/);
    expect(dialog.map((item) => item.slice(0, 24))).toEqual([
      "2. Select your app, then",
      "3. Choose the token expi",
      "4. Enable these permissi",
      '5. Click "Generate token',
      "6. Copy the token and st",
    ]);
    expect(dialog.filter((item) => item.includes('then click "Next".'))).toHaveLength(2);
  });

  it.each(["Custom permissions", "60d", "Added", "Why:", "original guide", "/wa-token"])("never says %j", (words) => {
    const all = guideTopics(nobody).map((one) => `${one.summary} ${partsText(one)} ${tipsText(one)}`);
    expect(all.join(" ")).not.toContain(words);
  });

  it.each<[TopicId, string]>([
    ["never", "Never refresh such a token: Meta would give you a 60-day token."],
    ["never", "The old token works until its own date."],
    ["never", "You cannot refresh a token after it expires"],
    ["expired", "1. Generate a new token: `wa-token guide step 4`."],
    ["account", "This can take minutes."],
    ["account", "also has a Messaging account, assign it with full control too."],
    ["scopes", "You cannot add a permission to an existing token."],
    ["live", "privacy policy URL and an icon"],
    ["leak", '2. Click "Revoke tokens".'],
    ["verify", "This says nothing about the token"],
    ["verify", "not fully checked"],
    ["app-secret", '"Settings" → "Advanced" → "Security"'],
    ["wrong-app", "META_APP_ID and META_APP_SECRET"],
    ["ids", "Open WhatsApp Manager"],
    ["ids", "the two are swapped"],
    ["register", "Open WhatsApp Manager"],
    ["register", "POST /PHONE_NUMBER_ID/register"],
    ["app-blocked", "Open the App Dashboard"],
    ["allow-list", "list of server IP addresses"],
    ["two-factor", "1. Turn on two-factor authentication in your own Meta account."],
    ["errors", "131042"],
  ])("help topic %s says: %s", (id, words) => {
    expect(topic(id).kind).toBe("help");
    expect(partsText(topic(id))).toContain(words);
  });

  it("suggests no new token or permission while Meta blocks the app", () => {
    const blocked = topic(topicForFinding({ code: "app_blocked" }));
    for (const code of [200, 190])
      expect(topicForFinding({ code: "app_blocked", evidence: anEvidence({ code }) })).toBe(blocked.id);
    expect(blocked.nextStep).toBeUndefined();
    const text = `${blocked.summary} ${partsText(blocked)} ${tipsText(blocked)}`;
    expect(text).not.toMatch(/assign|generat|make a|new one|guide step|renew|refresh/i);
    expect(text).toContain("a new token changes nothing");
  });

  it("never names an example app or number", () => {
    const all = guideTopics(nobody).map(partsText).join(" ");
    expect(all).not.toMatch(/Wedding|\d{15}/);
  });

  it("gives each step its number and each topic its own id", () => {
    expect(setupTopics(nobody).map((one) => one.step)).toEqual([undefined, 1, 2, 3, 4, 5, undefined, undefined]);
    const ids = guideTopics(nobody).map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has summaries of one sentence", () => {
    for (const one of guideTopics(nobody)) expect(one.summary).toMatch(/^[^\n]{10,140}[.]$/);
  });

  it("has no sentence of more than 20 words", () => {
    // A command and a quoted text each count as one word.
    const writing = { command: () => "command", date: String };
    const texts = guideTopics(nobody).flatMap((one) => [
      one.title,
      one.summary,
      ...[...one.parts.flatMap(linesOf), ...one.tips].map((spans) => plainText(spans, writing)),
    ]);
    const long = texts
      .flatMap((text) => text.replaceAll(/"[^"]*"/g, "quote").split(/[.:;?!] /))
      .filter((sentence) => sentence.split(" ").length > 20);
    expect(long).toEqual([]);
  });

  it("keeps every part within a Slack section and every title within a Slack header", () => {
    for (const one of guideTopics({ appName: "x".repeat(5000), phoneNumberId: "1".repeat(20), businessId: "2" })) {
      expect(one.title.length).toBeLessThanOrEqual(150);
      for (const part of one.parts) {
        const text = topicText({ ...one, kind: "setup", title: "", parts: [part], tips: [] }, plain(80));
        expect(text.length).toBeLessThanOrEqual(2800);
      }
    }
  });
});

describe("personalisation", () => {
  it.each<[TopicId, string]>([
    ["step-3", '3. Choose "Apps" → select Orders Bot (your app).'],
    ["step-4", "2. Select Orders Bot (your app), then"],
    ["wrong-app", "select Orders Bot (your app)"],
  ])("%s names the configured app", (id, words) => {
    expect(partsText(topic(id, { appName: "Orders Bot" }))).toContain(words);
  });

  it.each(["", "   ", "your app", "\u0000\n"])("calls an app named %j 'your app'", (appName) => {
    expect(partsText(topic("step-4", { appName }))).toContain("2. Select your app, then");
  });

  it.each<[TopicId, string]>([
    ["step-5", "Keep WHATSAPP_PHONE_NUMBER_ID as it is (100000000002001)."],
    ["ids", "WHATSAPP_PHONE_NUMBER_ID (100000000002001) is the phone number ID"],
    ["register", "POST /100000000002001/register"],
  ])("%s shows a known phone number id", (id, words) => {
    expect(partsText(topic(id, { ...nobody, phoneNumberId: "100000000002001" }))).toContain(words);
  });

  it("links to the system users of the configured business wherever a step needs them", () => {
    const url = "https://business.facebook.com/latest/settings/system_users?business_id=100000000009001";
    const context = { ...nobody, businessId: "100000000009001" };
    expect(partsText(topic("step-2", context))).toContain(`System users (${url})`);
    expect(tipsText(topic("step-1", context))).toContain(url);
    for (const id of ["account", "leak"] as const) expect(partsText(topic(id, context))).toContain(url);
  });

  it("links to Business settings when the business is not known", () => {
    expect(tipsText(topic("step-1"))).toContain("(https://business.facebook.com/latest/settings)");
    expect(allUrls(nobody).filter((url) => url.includes("business_id"))).toEqual([]);
  });

  it.each<[TopicId, string]>([
    ["step-3", "select your account (100000000004001)"],
    ["account", "your account (100000000004001)"],
    ["ids", "WHATSAPP_BUSINESS_ACCOUNT_ID (100000000004001)"],
    ["ids", "https://business.facebook.com/wa/manage/phone-numbers/?waba_id=100000000004001"],
  ])("%s shows a known account id: %s", (id, words) => {
    expect(partsText(topic(id, { ...nobody, accountId: "100000000004001" }))).toContain(words);
  });

  it.each<[TopicId, string]>([
    ["step-4", "2. Select your app with the ID 100000000005001, then"],
    ["app-blocked", "choose the app (100000000005001)"],
    ["app-blocked", "https://developers.facebook.com/apps/100000000005001/dashboard/"],
  ])("%s shows a known app id: %s", (id, words) => {
    expect(partsText(topic(id, { ...nobody, appId: "100000000005001" }))).toContain(words);
  });

  it.each<[GuideContext["place"], string]>([
    [
      { kind: "env", name: "WA_TOKEN" },
      "1. Open the .env file of your project. 2. Set: WA_TOKEN=the_token_you_just_copied",
    ],
    [
      { kind: "dotenv", path: "/srv/crm/.env", name: "CRM_TOKEN" },
      "1. Open /srv/crm/.env. 2. Set: CRM_TOKEN=the_token_you_just_copied",
    ],
    [{ kind: "file", path: "/run/secrets/wa" }, "1. Open the file /run/secrets/wa. 2. Replace its whole content"],
    [{ kind: "exec", command: "vault" }, "1. Open the secret store that the command vault reads the token from."],
  ])("step 5 names the place that the watch reads: %j", (place, words) => {
    expect(partsText(topic("step-5", { ...nobody, ...(place === undefined ? {} : { place }) }))).toContain(words);
  });

  it("keeps a hostile app name literal, printable and short", () => {
    const appName = "<!channel> *x* <https://evil.test|y>\n\u001B[31m\u202E${process}".concat("z".repeat(500));
    const named = allSpans({ appName }).filter((span) => "text" in span && span.text.includes("evil"));
    expect(named.length).toBeGreaterThan(0);
    for (const span of named) {
      assert(span.kind === "bold");
      expect(span.text).toMatch(/^<!channel> \*x\* <https:\/\/evil\.test\|y> \[31m /);
      expect(span.text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(span.text.length).toBeLessThanOrEqual(60);
    }
  });

  it("keeps a hostile business ID inside the query of the link", () => {
    expect(allUrls({ ...nobody, businessId: "1&x=2#/../ >" })).toContain(
      "https://business.facebook.com/latest/settings/system_users?business_id=1%26x%3D2%23%2F..%2F%20%3E",
    );
  });

  it("links only to Meta over https", () => {
    for (const url of allUrls({ appName: "x", businessId: "1" })) {
      expect(url).toMatch(/^https:\/\/(business|developers)\.facebook\.com(\/|$)/);
    }
  });
});
