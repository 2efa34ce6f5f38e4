import { describe, expect, it } from "vitest";
import { date, type Spans } from "../../src/guide/rich-text.ts";
import { cutSpans } from "../../src/words/cut-spans.ts";
import { capital, dotted, strong } from "../../src/words/joined.ts";
import { listedWithin } from "../../src/words/listed-within.ts";
import { plainText } from "../../src/words/plain-text.ts";
import { foreign, weightOf } from "../../src/words/values.ts";

const text = (said: string): Spans => [{ kind: "text", text: said }];
const plain = (spans: Spans): string => plainText(spans, { command: (words) => words, date: () => "now" });

describe("what a text weighs", () => {
  it.each([
    ["abc", 3],
    ["a & b", 9],
    ["<b>", 9],
    ["🚀", 2],
  ])("%s", (said, weight) => {
    expect(weightOf(said)).toBe(weight);
  });

  it("limits the length, and never halves a character", () => {
    expect(plain([foreign("&&&&&&", 11)])).toBe("&&…");
    expect(plain([foreign("🚀🚀🚀", 4)])).toBe("🚀…");
  });
});

describe("cutting spans", () => {
  it.each<[string, Spans, number, string]>([
    ["leaves what fits", text("all well"), 20, "all well"],
    ["is on one line", text("a\n b"), 20, "a b"],
    ["keeps other spans whole", [...text("ended "), date(new Date(0)), ...text(" at last")], 9, "ended now at…"],
    ["drops what finds no room", [...text("ab"), { kind: "code", text: "long code" }], 5, "ab…"],
  ])("%s", (_what, spans, max, said) => {
    expect(plain(cutSpans(spans, max))).toBe(said);
  });
});

describe("lists and lines", () => {
  it.each([
    [["a", "b"], 20, "a and b"],
    [["aaaa", "bbbb", "cccc"], 12, "aaaa, bbbb and 1 more"],
    [["aaaa", "bbbb"], 3, "2 of them"],
    [[], 3, ""],
  ])("%j within %i", (items, room, said) => {
    expect(plain(listedWithin(items.map(text), room))).toBe(said);
  });

  it("joins parts with dots, and leaves out empty ones", () => {
    expect(plain(dotted(text("a"), [], text("b")))).toBe("a · b");
  });

  it("writes a capital first letter, and bold", () => {
    expect(capital(text("ends now"))).toEqual(text("Ends now"));
    expect(capital([])).toEqual([]);
    expect(strong([...text("all "), ...text("well")])).toEqual([{ kind: "bold", text: "all well" }]);
  });
});
