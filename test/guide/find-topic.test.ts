import { describe, expect, it } from "vitest";
import type { GuideContext } from "../../src/guide/context.ts";
import { findTopic } from "../../src/guide/find-topic.ts";
import { topicText } from "../../src/cli/guide/topic-text.ts";
import { plain } from "../support/looks.ts";
import type { TopicId } from "../../src/guide/topic.ts";
import { guideTopics } from "../../src/guide/topics.ts";

const context: GuideContext = { appName: "Orders Bot" };

/** The topic that the words find; undefined when there is none. */
function found(words: string): TopicId | undefined {
  const search = findTopic(words, context);
  return search.kind === "found" ? search.topic.id : undefined;
}

describe("findTopic", () => {
  it.each<[string, TopicId]>([
    ["1", "step-1"],
    ["3", "step-3"],
    ["step 3", "step-3"],
    ["Step 5!", "step-5"],
    ["step-4", "step-4"],
    ["Step3", "step-3"],
    ["24h", "overview"],
    ["60d", "never"],
    ["my account is restricted", "live"],
    ["#2", "step-2"],
    ["step two", "step-2"],
    ["four", "step-4"],
    ["go to step 1 please", "step-1"],
    ["steps", "overview"],
    ["why", "overview"],
    ["API Setup", "overview"],
    ["temporary token", "overview"],
    ["24 hours", "overview"],
    ["permanent", "overview"],
    ["how do I get a token that doesn't expire", "overview"],
    ["business settings", "step-1"],
    ["Bussiness Settings", "step-1"],
    ["create system user", "step-2"],
    ["add a system user", "step-2"],
    ["admin or employee?", "step-2"],
    ["The admin system user must be at least seven days old", "step-2"],
    ["assign app", "step-3"],
    ["assign assets", "step-3"],
    ["full control", "step-3"],
    ["generate", "step-4"],
    ["how do I generate a new token", "step-4"],
    ["genrate token", "step-4"],
    ["custom permissions", "step-4"],
    ["Invalid OAuth access token - Cannot parse access token", "step-4"],
    ["malformed", "step-4"],
    ["env", "step-5"],
    [".env", "step-5"],
    ["WHATSAPP_ACCESS_TOKEN", "step-5"],
    ["npm run dev", "step-5"],
    ["where do I put the token", "step-5"],
    ["system users", "system-users"],
    ["System User", "system-users"],
    ["sytem users", "system-users"],
    ["I don’t see “System users”", "system-users"],
    ["I can't see system users", "system-users"],
    ["business portfolio", "system-users"],
    ["summary", "summary"],
    ["difference", "summary"],
    ["expired", "expired"],
    ["EXPIRED", "expired"],
    ["exipred", "expired"],
    ["expierd", "expired"],
    ["session has expired", "expired"],
    ["Session has expired on Friday, 20-Nov-26 05:00:00 PST. The current time is Friday, 20-Nov-26", "expired"],
    ["Error validating access token: The session is invalid because the user logged out.", "expired"],
    ["190", "expired"],
    ["code 190", "expired"],
    ["190/463", "expired"],
    ["463", "expired"],
    ["revoked", "expired"],
    ["my token died", "expired"],
    ["my token stopped working", "expired"],
    ["phone id", "ids"],
    ["swap ids", "ids"],
    ["never", "never"],
    ["Never is not offered", "never"],
    ["60 days", "never"],
    ["60", "never"],
    ["60-day token", "never"],
    ["refresh", "never"],
    ["refrsh", "never"],
    ["rotate", "never"],
    ["scopes", "scopes"],
    ["scope", "scopes"],
    ["premission", "scopes"],
    ["permissions", "scopes"],
    ["missing permissions", "scopes"],
    ["whatsapp_business_messaging", "scopes"],
    ["account", "account"],
    ["WhatsApp account", "account"],
    ["assign the WhatsApp account", "account"],
    ["(#100)", "account"],
    ["100", "account"],
    ["131005", "account"],
    ["does not exist", "account"],
    [
      "Unsupported get request. Object with ID '1' does not exist, cannot be loaded due to missing permissions",
      "account",
    ],
    ["wrong app", "wrong-app"],
    ["App_id in the input_token did not match the Viewing App", "wrong-app"],
    ["(#100) App_id in the input_token did not match the Viewing App", "wrong-app"],
    ["appsecret_proof", "app-secret"],
    ["API calls from the server require an appsecret_proof argument", "app-secret"],
    ["Require App Secret", "app-secret"],
    ["Error validating client secret.", "app-secret"],
    ["live", "live"],
    ["payment method", "live"],
    ["payments", "live"],
    ["131042", "live"],
    ["leak", "leak"],
    ["I leaked my token", "leak"],
    ["revoke", "leak"],
    ["verify", "verify"],
    ["check", "verify"],
    ["/wa-token check", "verify"],
    ["  check   a   token ", "verify"],
    ["rate limit", "verify"],
    ["renew token", "never"],
    ["renew WhatsApp token", "never"],
    ["renewal", "never"],
    ["token invalid", "step-4"],
    ["short token", "step-4"],
    ["too short", "step-4"],
    ["system user token expired", "expired"],
    ["messages not sent", "live"],
    ["token", "overview"],
    ["my WhatsApp token", "overview"],
    ["system user token", "overview"],
  ])("%j finds %s", (words, id) => {
    expect(found(words)).toBe(id);
  });

  it.each([
    "",
    "   ",
    "?!",
    "banana",
    "pizza tonight",
    "two step verification",
    "start the car",
    "weather in Lisbon",
    "step 9",
    "step 0",
    "6",
    "7",
    "191",
    "1900",
    "the of and",
    "🦄🦄🦄",
    "مرحبا",
    "constructor",
    "__proto__",
  ])("%j finds nothing", (words) => {
    expect(found(words)).toBeUndefined();
  });

  it("every keyword finds the topic it belongs to", () => {
    const strays = guideTopics(context).flatMap((topic) =>
      [...topic.keywords, ...(topic.alone ?? [])].flatMap((keyword) => {
        const id = found(keyword);
        return id === topic.id ? [] : [`${keyword}: ${String(id)} instead of ${topic.id}`];
      }),
    );
    expect(strays).toEqual([]);
  });

  it("every title finds its topic", () => {
    const strays = guideTopics(context)
      .filter((topic) => found(topic.title) !== topic.id)
      .map((topic) => topic.title);
    expect(strays).toEqual([]);
  });

  it("every cross-reference in the texts leads to a topic, and never back to itself", () => {
    let references = 0;
    for (const topic of guideTopics(context)) {
      for (const [, words = ""] of topicText(topic, plain(100_000)).matchAll(/wa-token guide ([a-z]+( \w+)?)/g)) {
        references += 1;
        expect([words, found(words)]).not.toContain(undefined);
        expect(found(words)).not.toBe(topic.id);
      }
    }
    expect(references).toBeGreaterThan(10);
  });

  it("an exact word beats a typo of another", () => {
    expect(found("revoke")).not.toBe(found("revoked"));
  });

  it("answers with the personalised topic", () => {
    expect(JSON.stringify(findTopic("assign app", context))).toContain("Orders Bot");
  });

  it("reads only the beginning of 100 kB of text", () => {
    expect(found(`expired ${"x".repeat(100_000)}`)).toBe("expired");
    expect(found(`${"x ".repeat(50_000)} expired`)).toBeUndefined();
  });
});
