import { describe, expect, it } from "vitest";
import { namedColour } from "../../../../sandbox/demo/terminal/colour-bar.ts";
import { createPaint } from "../../../../sandbox/demo/terminal/paint.ts";
import { span } from "../../../../sandbox/demo/terminal/span.ts";

describe("paint", () => {
  const line = [span("a "), span("b", "bold", "bad"), span("  ")];

  it("writes escape codes only when colours are on", () => {
    expect(createPaint(true)(line)).toBe("a \u001B[1;31mb\u001B[0m");
    expect(createPaint(false)(line)).toBe("a b");
  });
});

describe("the colour of an attachment", () => {
  it.each([
    ["#d72b3f", "red"],
    ["#daa038", "amber"],
    ["#2eb67d", "green"],
    ["2eb67d", "green"],
    ["#1264a3", "blue"],
    ["#8b3fd7", "violet"],
    ["#e01e5a", "red"],
    ["#cccccc", "grey"],
    ["good", "green"],
    ["warning", "amber"],
    ["danger", "red"],
    ["nonsense", "grey"],
    [undefined, "grey"],
  ])("%s is %s", (colour, word) => {
    expect(namedColour(colour).word).toBe(word);
  });
});
