import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { code, cutTo, escapeMrkdwn, listed, literal } from "../../../src/slack/kit/mrkdwn.ts";

describe("foreign text in mrkdwn", () => {
  it.each([
    ["<!channel> look", "&lt;!channel&gt; look"],
    ["a & b", "a &amp; b"],
    ["<https://evil.invalid|Meta>", "&lt;https://evil.invalid|Meta&gt;"],
    ["line\u202Eesrever", "lineesrever"],
    ["bell\u0007", "bell"],
    ["مرحبا 🚀", "مرحبا 🚀"],
  ])("makes %j literal", (text, expected) => {
    expect(escapeMrkdwn(text)).toBe(expected);
  });

  it("keeps a value from leaving its code style", () => {
    expect(code("a` *b* `c")).toBe("`a' *b* 'c`");
    expect(code(" \n ")).toBe("–");
  });

  it("counts what does not fit into a list", () => {
    expect(listed(["aa", "bb", "cc"], 8)).toBe("aa, bb and 1 more");
    expect(listed(["aa", "bb"], 100)).toBe("aa, bb");
    expect(listed(["aaaaaaaaaa", "b"], 5)).toBe("2 of them");
    expect(listed([], 5)).toBe("");
  });
});

describe("cutting", () => {
  it.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["ab🚀cd", 4, "ab…"],
    ["ab&amp;cd", 6, "ab…"],
    ["ab <!date^1^{time}|now> c", 12, "ab …"],
  ])("cuts %j to %i", (text, max, expected) => {
    expect(cutTo(text, max)).toBe(expected);
  });

  it("never leaves half a character or half an entity, and never exceeds the limit", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 60 }), (text, max) => {
        const shown = literal(text, max);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown.replaceAll(/&(?:amp|lt|gt);/g, "")).not.toMatch(/[&<>]/);
      }),
    );
  });
});
