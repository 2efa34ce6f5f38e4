import { describe, expect, it } from "vitest";
import type { GuideContext } from "../../src/guide/context.ts";
import { plainText, topicAsText } from "../../src/guide/plain-text.ts";
import type { Part, Span } from "../../src/guide/rich-text.ts";
import type { Topic, TopicId } from "../../src/guide/topic.ts";
import { guideTopics, setupTopics } from "../../src/guide/topics.ts";

const nobody: GuideContext = { appName: "" };

function topic(id: TopicId, context: GuideContext = nobody): Topic {
  const found = guideTopics(context).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no topic ${id}`);
  return found;
}

/** The text of a topic's own parts in one line, without the added notes. */
function partsText(one: Topic): string {
  return topicAsText({ ...one, notes: [] }, { width: 100_000 }).replaceAll(/\s*\n\s*/g, " ");
}

function notesText(one: Topic): string {
  return one.notes.map((note) => `${plainText(note.advice)} ${plainText(note.why ?? [])}`).join(" ");
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
  return guideTopics(context).flatMap((one) => [
    ...one.parts.flatMap(spansOf),
    ...one.notes.flatMap((note) => [...note.advice, ...(note.why ?? [])]),
  ]);
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
        "expired never leak verify scopes account wrong-app app-secret live",
    );
  });

  it.each<[TopicId, string]>([
    ["overview", "The token from Generate access token on API Setup expires (often in 1 hour or 24 hours)."],
    ["overview", `To avoid "Session has expired" errors, use a System User token that can be set to never expire.`],
    ["step-1", "Step 1: Open Business Settings"],
    ["step-1", "1. Go to business.facebook.com (https://business.facebook.com)."],
    ["step-1", "2. Use the Meta Business Suite account that owns your app (or switch to it)."],
    ["step-1", "3. Click the ☰ menu (top left) → Business Settings (or Settings → Business settings)."],
    ["step-2", "Step 2: Create a System User"],
    ["step-2", `1. In the left menu go to Users → System users (under "People").`],
    ["step-2", "2. Click Add."],
    ["step-2", "3. Enter a name (e.g. WhatsApp API)."],
    ["step-2", "4. Role: Admin."],
    ["step-2", "5. Click Create system user."],
    ["step-3", "Step 3: Assign Your App to the System User"],
    ["step-3", "1. Open the system user you just created."],
    ["step-3", "2. Go to Assign assets (or Add assets)."],
    ["step-3", "3. Choose Apps → select your app."],
    ["step-3", "4. Set permission to Full control."],
    ["step-3", "5. Save."],
    ["step-4", "Step 4: Generate a Token for the System User"],
    ["step-4", "1. In the same system user page, click Generate new token."],
    ["step-4", "2. Select your app."],
    ["step-4", "3. Choose Custom permissions and enable:"],
    ["step-4", "- whatsapp_business_messaging"],
    ["step-4", "- whatsapp_business_management"],
    ["step-4", "4. Token expiration: choose Never (or 60 days if"],
    ["step-4", `if "Never" is not available; then repeat before 60 days).`],
    ["step-4", "5. Click Generate token."],
    ["step-4", "6. Copy the token and store it safely. You won't see it again."],
    ["step-5", "Step 5: Put the Token in Your App"],
    ["step-5", "1. Open your project .env."],
    ["step-5", "2. Set: WHATSAPP_ACCESS_TOKEN=the_token_you_just_copied"],
    ["step-5", "3. Keep WHATSAPP_PHONE_NUMBER_ID as it is."],
    ["step-5", "4. Restart your app (npm run dev)."],
    ["system-users", `If you don't see "System users"`],
    ["system-users", "You need a Meta Business Account."],
    [
      "system-users",
      "If you only have a developer account and no Business Manager, create one at business.facebook.com",
    ],
    ["system-users", "and link your app to it."],
    ["system-users", "Your app must be linked to that business"],
    ["system-users", "→ Settings → Basic → Business account)."],
    ["summary", "Token from API Setup | System User token"],
    ["summary", "Expires in 1–24 hours (or 60 days) | Can be set to Never (or 60 days)"],
    ["summary", "| One-time setup in Business Settings"],
    ["summary", "Quick to get"],
    ["summary", `Good for testing | Good for production / no "Session has expired"`],
    ["summary", "After this, you won't need to regenerate the token unless you revoke it or change permissions."],
  ])("%s carries the seed's own words: %s", (id, words) => {
    expect(topic(id).origin).toBe("seed");
    expect(partsText(topic(id)).replaceAll(/ {2,}/g, " ")).toContain(words);
  });

  it.each<[TopicId, string]>([
    ["overview", "reads its real end date"],
    ["step-2", "Employee is enough for a few accounts"],
    ["step-2", "exposes less if the token leaks"],
    ["step-2", "younger than seven days may be refused"],
    ["step-3", "WhatsApp accounts → your account → Manage WhatsApp Business Accounts"],
    ["step-3", "the most common reason why a valid token still fails"],
    ["step-3", "before you generate, then reload until the app shows Full control"],
    ["step-3", "Manage app"],
    ["step-4", "business_management is optional"],
    ["step-4", "Meta now recommends 60 days and does not offer Never to every business"],
    ["step-4", "a refreshed Never token comes back with 60 days"],
    ["step-4", "straight into your secret store. Never into a message, a DM to this bot included."],
    ["step-4", "Slack's servers see what is typed there, and the form says so"],
    ["step-5", "then run /wa-token check"],
    ["system-users", "business portfolio"],
    ["system-users", "not every business can add system users at once"],
    ["summary", "Require App Secret"],
    ["summary", "appsecret_proof"],
    ["summary", "must be Live to reach real recipients, and delivery needs a payment method"],
  ])("%s marks as added: %s", (id, words) => {
    expect(notesText(topic(id))).toContain(words);
    expect(partsText(topic(id))).not.toContain(words);
  });

  it.each<[TopicId, string]>([
    ["never", "Never refresh such a token: it comes back with 60 days."],
    ["never", "the old one works until its own date"],
    ["never", "Once it has expired it cannot be refreshed"],
    ["expired", "Make a new token"],
    ["account", "This can take minutes."],
    ["scopes", "A token never gains permissions later."],
    ["live", "privacy policy URL and an icon"],
    ["leak", "click Revoke tokens"],
    ["verify", "This says nothing about the token"],
    ["app-secret", "Settings → Advanced → Security"],
    ["wrong-app", "META_APP_ID and META_APP_SECRET"],
  ])("help topic %s says: %s", (id, words) => {
    expect(topic(id).origin).toBe("added");
    expect(partsText(topic(id))).toContain(words);
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
        const text = topicAsText({ ...one, origin: "seed", title: "", parts: [part], notes: [] }, { width: 80 });
        expect(text.length).toBeLessThanOrEqual(2800);
      }
    }
  });
});

describe("personalisation", () => {
  it.each<[TopicId, string]>([
    ["step-3", "3. Choose Apps → select Orders Bot (your app)."],
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
    ["account", "(yours is set to 100000000002001)"],
  ])("%s shows a known phone number id", (id, words) => {
    expect(partsText(topic(id, { ...nobody, phoneNumberId: "100000000002001" }))).toContain(words);
  });

  it("links to the configured business's system users from every place that sends a person there", () => {
    const url = "https://business.facebook.com/latest/settings/system_users?business_id=100000000009001";
    const context = { ...nobody, businessId: "100000000009001" };
    expect(partsText(topic("step-2", context))).toContain(`System users (${url})`);
    expect(notesText(topic("step-1", context))).toContain(url);
    for (const id of ["account", "leak"] as const) expect(partsText(topic(id, context))).toContain(url);
  });

  it("links to Business settings when the business is not known", () => {
    expect(notesText(topic("step-1"))).toContain("(https://business.facebook.com/latest/settings)");
    expect(allUrls(nobody).filter((url) => url.includes("business_id"))).toEqual([]);
  });

  it("a hostile app name stays one literal, printable, bounded piece of text", () => {
    const appName = "<!channel> *x* <https://evil.test|y>\n\u001B[31m\u202E${process}".concat("z".repeat(500));
    const named = allSpans({ appName }).filter((span) => span.text.includes("evil"));
    expect(named.length).toBeGreaterThan(0);
    for (const span of named) {
      expect(span.kind).toBe("bold");
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
