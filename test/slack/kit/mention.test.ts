import { describe, expect, it } from "vitest";
import { callsTo, mentionOf } from "../../../src/slack/kit/mention.ts";
import { slackText } from "../../../src/slack/kit/spans.ts";
import { words } from "../../../src/words/words.ts";

describe("calling people", () => {
  it.each([
    ["U0123456789", "<@U0123456789>"],
    ["W0123456789", "<@W0123456789>"],
    ["S0123456789", "<!subteam^S0123456789>"],
    ["C0123456789", undefined],
    ["U0> <!channel", undefined],
    ["!channel", undefined],
    ["", undefined],
  ])("%j is called %j", (id, call) => {
    expect(mentionOf(id)).toBe(call);
  });

  it("mentions each person once, and is empty without people", () => {
    expect(callsTo(["U1A", undefined, "S1A", "U1A"])).toBe("<@U1A> <!subteam^S1A> ");
    expect(callsTo([undefined, "nobody"])).toBe("");
  });

  it("mentions at most twenty people, and counts the others", () => {
    const crowd = Array.from({ length: 25 }, (_, index) => `U${index}`);
    expect(callsTo(crowd)).toMatch(/^(<@U\d+> ){20}and 5 more $/);
  });
});

describe("naming where a message goes", () => {
  it.each([
    ["C0123456789", "<#C0123456789>"],
    ["U0123456789", "the direct messages of <@U0123456789>"],
    ["<!channel>", "&lt;!channel&gt;"],
  ])("%j is %j", (id, text) => {
    expect(slackText(words.lists.place(id))).toBe(text);
  });

  it.each([
    ["C0123456789", "<#C0123456789> (C0123456789)"],
    ["U0123456789", "the direct messages of <@U0123456789> (U0123456789)"],
    ["<!channel>", "&lt;!channel&gt;"],
  ])("with its ID, %j is %j", (id, text) => {
    expect(slackText(words.status.placeWithId(id))).toBe(text);
  });
});
