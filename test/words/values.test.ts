import { describe, expect, it } from "vitest";
import { rich, type Spans } from "../../src/guide/rich-text.ts";
import { plainText } from "../../src/words/plain-text.ts";
import { coded, counted, foreign, listed, named, sentences } from "../../src/words/values.ts";

const plain = (spans: Spans): string => plainText(spans, { command: String, date: String });

describe("values in sentences", () => {
  it.each([
    ["a\n b\t c", 20, "a b c"],
    ["0123456789", 10, "0123456789"],
    ["0123456789x", 10, "012345678…"],
    ["12345678😀x", 10, "12345678…"],
    ["   ", 10, ""],
  ])("foreign text %j is cut to %i", (text, max, shown) => {
    expect([foreign(text, max), named(text, max), coded(text, max)]).toEqual([
      { kind: "text", text: shown },
      { kind: "bold", text: shown },
      { kind: "code", text: shown },
    ]);
  });

  it.each([
    [0, "0 tokens"],
    [1, "1 token"],
    [2, "2 tokens"],
  ])("counts %i", (count, text) => {
    expect(counted(count, "token")).toBe(text);
  });

  it("counts with an irregular plural", () => {
    expect(counted(2, "watch", "watches")).toBe("2 watches");
  });

  it.each([
    [0, ""],
    [1, "a0"],
    [2, "a0 and a1"],
    [3, "a0, a1 and a2"],
    [5, "a0, a1, a2 and 2 more"],
  ])("lists %i items", (count, text) => {
    const items = Array.from({ length: count }, (_, index) => rich`a${String(index)}`);
    expect(plain(listed(items, 3))).toBe(text);
  });

  it("joins sentences, without empty ones", () => {
    expect(plain(sentences(rich`One.`, [], rich`Two.`))).toBe("One. Two.");
  });
});
