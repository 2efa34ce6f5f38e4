import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { span, textOf } from "../../../../sandbox/demo/terminal/span.ts";
import { printable, widthOf } from "../../../../sandbox/demo/terminal/width.ts";
import { hanging, lineWidth, padTo, wrap } from "../../../../sandbox/demo/terminal/wrap.ts";
import { looks, rows } from "./rows.ts";

describe("the width of a text", () => {
  it.each([
    ["", 0],
    ["plain", 5],
    ["état", 4],
    ["e\u0301", 1],
    ["漢字", 4],
    ["한글", 4],
    ["⛔ ✅", 5],
    ["👩‍🚒", 2],
    ["⋯ ▾ │", 5],
  ])("%s takes %i columns", (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });

  it("counts a character of disputed width as one column, without its emoji selector", () => {
    expect(printable("⚠️")).toBe("⚠");
    expect(widthOf(printable("⚠️"))).toBe(1);
  });
});

describe("wrapping", () => {
  it.each([
    ["fits here", 20, ["fits here"]],
    ["breaks at a space", 10, ["breaks at", "a space"]],
    ["a verylongwordindeed b", 8, ["a", "verylong", "wordinde", "ed b"]],
    ["  keeps its indent here", 12, ["  keeps its", "indent here"]],
    ["漢字漢字", 5, ["漢字", "漢字"]],
    ["", 10, [""]],
  ])("%s in %i columns", (text, width, expected) => {
    expect(rows(wrap([span(text)], width))).toEqual(expected);
  });

  it("keeps looks, and does not break a word where its look changes", () => {
    const line = [span("set "), span("TOKEN", "code"), span(", then go")];
    expect(wrap(line, 10).map(looks)).toEqual(["set| |code:TOKEN|,", "then| |go"]);
    expect(wrap(line, 9).map(looks)).toEqual(["set", "code:TOKEN|,", "then| |go"]);
  });

  it("never makes a row wider than requested, and loses no character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 4, max: 60 }), (raw, width) => {
        const text = printable(raw).replaceAll("\n", " ");
        const lines = wrap([span(text)], width);
        expect(Math.max(...lines.map(lineWidth))).toBeLessThanOrEqual(width);
        expect(lines.map(textOf).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });

  it("indents lines after a number and pads a line", () => {
    expect(rows(hanging([span("1. ")], [[span("first")], [span("second")]]))).toEqual(["1. first", "   second"]);
    expect(lineWidth(padTo([span("漢")], 5))).toBe(5);
  });
});
