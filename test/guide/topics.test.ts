import { assert, describe, expect, it } from "vitest";
import type { GuideContext } from "../../src/guide/context.ts";
import { plainText, topicAsText } from "../../src/words/plain-text.ts";
import type { Part, Span } from "../../src/guide/rich-text.ts";
import { topicForFinding } from "../../src/guide/finding-topic.ts";
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
  return topicAsText({ ...one, tips: [] }, { width: 100_000 }).replaceAll(/\s*\n\s*/g, " ");
}

function tipsText(one: Topic): string {
  return one.tips.map((tip) => plainText(tip, { command: (words) => `wa-token ${words}`, date: String })).join(" ");
}

function spansOf(part: Part): readonly Span[] {
  switch (part.kind) {
    case "paragraph":
      return part.spans;
    case "list":
      return part.items.flatMap((item) => [...item.spans, ...(item.bullets ?? []).flat()]);
    default:
      return [...part.header, ...part.rows.flat()].flat();
  }
}

function allSpans(context: GuideContext): readonly Span[] {
  return guideTopics(context).flatMap((one) => [...one.parts.flatMap(spansOf), ...one.tips.flat()]);
}

function allUrls(context: GuideContext): readonly string[] {
  return allSpans(context).flatMap((span) => (span.kind === "link" ? [span.url] : []));
}

describe("the guide", () => {
  it("reads in the order of the seed, help topics last", () => {
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
    ["overview", 'The token from "Generate access token" on API Setup expires (often in 1 hour or 24 hours).'],
    ["overview", `To avoid "Session has expired" errors, use a System User token that can be set to never expire.`],
    ["step-1", "Step 1: Open Business Settings"],
    ["step-1", "1. Go to business.facebook.com (https://business.facebook.com)."],
    ["step-1", '2. Use the "Meta Business Suite" account that owns your app (or switch to it).'],
    ["step-1", '"☰" menu (top left) → "Business Settings" (or "Settings" → "Business settings").'],
    ["step-2", "Step 2: Create a System User"],
    ["step-2", `1. In the left menu go to "Users" → "System users" (under "People").`],
    ["step-2", '2. Click "Add".'],
    ["step-2", '3. Enter a name (e.g. "WhatsApp API").'],
    ["step-2", '4. Role: "Admin".'],
    ["step-2", '5. Click "Create system user".'],
    ["step-3", "Step 3: Assign Your App"],
    ["step-3", "1. Open the system user you just created."],
    ["step-3", '2. Go to "Assign assets" (or "Add assets").'],
    ["step-3", '3. Choose "Apps" → select your app.'],
    ["step-3", '4. Set permission to "Full control"'],
    ["step-3", "6. Save"],
    ["step-4", "Step 4: Generate a Token for the System User"],
    ["step-4", '"Generate new token"'],
    ["step-4", "2. Select your app."],
    ["step-4", "- whatsapp_business_messaging"],
    ["step-4", "- whatsapp_business_management"],
    ["step-4", '3. Token expiration: choose "Never" (or "60 days" if'],
    ["step-4", `if "Never" is not available; then repeat before 60 days).`],
    ["step-4", '5. Click "Generate token".'],
    ["step-4", "6. Copy the token and store it safely. You won't see it again."],
    ["step-5", "Step 5: Put the Token in Your App"],
    ["step-5", "1. Open your project .env."],
    ["step-5", "2. Set: WHATSAPP_ACCESS_TOKEN=the_token_you_just_copied"],
    ["step-5", "3. Keep WHATSAPP_PHONE_NUMBER_ID as it is."],
    ["step-5", "4. Restart your app (npm run dev)."],
    ["system-users", `If you don't see "System users"`],
    ["system-users", "You need a Meta Business Account"],
    [
      "system-users",
      "If you only have a developer account and no Business Manager, create one at business.facebook.com",
    ],
    ["system-users", "and link your app to it."],
    ["system-users", "Your app must be linked to that business"],
    ["system-users", '→ "Settings" → "Basic" → Business account).'],
    ["summary", "Token from API Setup | System User token"],
    ["summary", 'Expires in 1–24 hours (or 60 days) | Can be set to "Never" (or 60 days)'],
    ["summary", "| One-time setup in Business Settings"],
    ["summary", "Quick to get"],
    ["summary", `Good for testing | Good for production / no "Session has expired"`],
    ["summary", "After this, you won't need to regenerate the token unless you revoke it or change permissions."],
  ])("%s carries the seed's own words: %s", (id, words) => {
    expect(topic(id).kind).toBe("setup");
    expect(partsText(topic(id)).replaceAll(/ {2,}/g, " ")).toContain(words);
  });

  it.each<[TopicId, string]>([
    ["step-2", '"Employee" is enough, and exposes less if the token leaks'],
    ["step-2", "younger than seven days"],
    ["step-3", '"WhatsApp accounts" → select your account → "Full control"'],
    ["step-3", '"Manage WhatsApp Business Accounts"'],
    ["step-3", "Messaging account? Assign it with full control too: both are needed"],
    ["step-3", 'Reload until the app shows "Full control"'],
    ["step-3", "Generate the token only then"],
    ["step-3", '"Manage app"'],
    ["step-4", "straight into your secret store"],
    ["step-4", "Never put it into a message, not even a DM to this bot"],
    ["step-5", "5. Run `wa-token check`"],
    ["system-users", "business portfolio"],
    ["system-users", "Not every business can add system users at once"],
  ])("%s corrects the seed inside the step: %s", (id, words) => {
    expect(partsText(topic(id))).toContain(words);
  });

  it.each<[TopicId, string]>([
    ["overview", "reads its real end date"],
    ["step-3", "the most common reason why a valid token still fails"],
    ["step-4", "business_management is optional"],
    ["step-4", "Meta recommends 60 days and does not offer Never to every business"],
    ["step-4", "Never refresh a Never token: it comes back with 60 days"],
    ["step-5", "Slack's servers see what is typed there, and the form says so"],
    ["summary", "Require App Secret"],
    ["summary", "appsecret_proof"],
    ["summary", "must be Live to reach real recipients, and delivery needs a payment method"],
  ])("%s has the tip: %s", (id, words) => {
    expect(tipsText(topic(id))).toContain(words);
    expect(partsText(topic(id))).not.toContain(words);
  });

  it("goes through the dialog in Meta's order: app, expiration, permissions, Generate token", () => {
    const [, , ...dialog] = partsText(topic("step-4")).split(/ (?=\d\. )/);
    expect(dialog.map((item) => item.slice(0, 24))).toEqual([
      "2. Select your app. Clic",
      "3. Token expiration: cho",
      "4. Permissions: enable -",
      '5. Click "Generate token',
      "6. Copy the token and st",
    ]);
    expect(dialog.filter((item) => item.includes('Click "Next".'))).toHaveLength(2);
  });

  it.each(["Custom permissions", "60d", "Added", "Why:", "original guide", "/wa-token"])("never says %j", (words) => {
    const all = guideTopics(nobody).map((one) => `${one.summary} ${partsText(one)} ${tipsText(one)}`);
    expect(all.join(" ")).not.toContain(words);
  });

  it.each<[TopicId, string]>([
    ["never", "Never refresh such a token: it comes back with 60 days."],
    ["never", "the old one works until its own date"],
    ["never", "Once it has expired it cannot be refreshed"],
    ["expired", "Make a new token"],
    ["account", "This can take minutes."],
    ["account", "Messaging account? Assign it"],
    ["scopes", "A token never gains permissions later."],
    ["live", "privacy policy URL and an icon"],
    ["leak", 'click "Revoke tokens"'],
    ["verify", "This says nothing about the token"],
    ["verify", "not fully checked"],
    ["app-secret", '"Settings" → "Advanced" → "Security"'],
    ["wrong-app", "META_APP_ID and META_APP_SECRET"],
    ["ids", "Open WhatsApp Manager"],
    ["ids", "the two swapped"],
    ["register", "Open WhatsApp Manager"],
    ["register", "POST /PHONE_NUMBER_ID/register"],
    ["app-blocked", "Open the App Dashboard"],
    ["allow-list", "list of server IP addresses"],
    ["two-factor", "turns on two-factor authentication"],
    ["errors", "131042"],
  ])("help topic %s says: %s", (id, words) => {
    expect(topic(id).kind).toBe("help");
    expect(partsText(topic(id))).toContain(words);
  });

  it("sends nobody after a token or a permission while Meta blocks the app", () => {
    const blocked = topic(topicForFinding({ code: "app_blocked" }));
    for (const code of [200, 190])
      expect(topicForFinding({ code: "app_blocked", evidence: { code, subcode: null } })).toBe(blocked.id);
    expect(blocked.nextStep).toBeUndefined();
    const text = `${blocked.summary} ${partsText(blocked)} ${tipsText(blocked)}`;
    expect(text).not.toMatch(/assign|generat|make a|new one|guide step|renew|refresh/i);
    expect(text).toContain("a new token changes nothing");
  });

  it("never carries the example app or number of the seed", () => {
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

  it("keeps every part within a Slack section and every title within a Slack header", () => {
    for (const one of guideTopics({ appName: "x".repeat(5000), phoneNumberId: "1".repeat(20), businessId: "2" })) {
      expect(one.title.length).toBeLessThanOrEqual(150);
      for (const part of one.parts) {
        const text = topicAsText({ ...one, kind: "setup", title: "", parts: [part], tips: [] }, { width: 80 });
        expect(text.length).toBeLessThanOrEqual(2800);
      }
    }
  });
});

describe("personalisation", () => {
  it.each<[TopicId, string]>([
    ["step-3", '3. Choose "Apps" → select Orders Bot (your app).'],
    ["step-4", "2. Select Orders Bot (your app)."],
    ["wrong-app", "select Orders Bot (your app)"],
  ])("%s names the configured app", (id, words) => {
    expect(partsText(topic(id, { appName: "Orders Bot" }))).toContain(words);
  });

  it.each(["", "   ", "your app", "\u0000\n"])("an app called %j is just your app", (appName) => {
    expect(partsText(topic("step-4", { appName }))).toContain("2. Select your app.");
  });

  it.each<[TopicId, string]>([
    ["step-5", "Keep WHATSAPP_PHONE_NUMBER_ID as it is (100000000002001)."],
    ["ids", "WHATSAPP_PHONE_NUMBER_ID (100000000002001) is the id of the number"],
    ["register", "POST /100000000002001/register"],
  ])("%s shows a known phone number id", (id, words) => {
    expect(partsText(topic(id, { ...nobody, phoneNumberId: "100000000002001" }))).toContain(words);
  });

  it("links to the configured business's system users from every place that sends a person there", () => {
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
    ["step-4", "2. Select your app with the id 100000000005001."],
    ["app-blocked", "choose the app (100000000005001)"],
    ["app-blocked", "https://developers.facebook.com/apps/100000000005001/dashboard/"],
  ])("%s shows a known app id: %s", (id, words) => {
    expect(partsText(topic(id, { ...nobody, appId: "100000000005001" }))).toContain(words);
  });

  it.each<[GuideContext["place"], string]>([
    [{ kind: "env", name: "WA_TOKEN" }, "1. Open your project .env. 2. Set: WA_TOKEN=the_token_you_just_copied"],
    [
      { kind: "dotenv", path: "/srv/crm/.env", name: "CRM_TOKEN" },
      "1. Open /srv/crm/.env. 2. Set: CRM_TOKEN=the_token_you_just_copied",
    ],
    [{ kind: "file", path: "/run/secrets/wa" }, "1. Open the file /run/secrets/wa. 2. Replace all of its content"],
    [{ kind: "exec", command: "vault" }, "1. Open the secret store from which the command vault reads the token."],
  ])("step 5 leads to the place that the watch reads: %j", (place, words) => {
    expect(partsText(topic("step-5", { ...nobody, ...(place === undefined ? {} : { place }) }))).toContain(words);
  });

  it("a hostile app name stays one literal, printable, bounded piece of text", () => {
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

  it("a hostile business id cannot leave the query of the link", () => {
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
