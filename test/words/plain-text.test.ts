import { describe, expect, it } from "vitest";
import { bold, code, command, label, link, rich } from "../../src/guide/rich-text.ts";
import { plainText } from "../../src/words/plain-text.ts";

describe("rich", () => {
  it("keeps a value that looks like markup as literal text", () => {
    expect(rich`a ${"*b* <!here>"} ${bold("c")}${""}`).toEqual([
      { kind: "text", text: "a " },
      { kind: "text", text: "*b* <!here>" },
      { kind: "text", text: " " },
      { kind: "bold", text: "c" },
    ]);
  });
});

describe("spans as plain text", () => {
  it("prints links as text and address, labels in quotes, and other spans unchanged", () => {
    const spans = rich`Go to ${link("Meta", "https://m.test")}, ${code(".env")}, click ${label("Add")}, ${bold("now")}.`;
    expect(plainText(spans, { command: String, date: String })).toBe(
      'Go to Meta (https://m.test), .env, click "Add", now.',
    );
  });

  it("writes commands in the form of the place, on one line", () => {
    const spans = rich`Then run ${command("guide step 4")}.`;
    expect(plainText(spans, { command: (words) => `/wa-token ${words}`, date: String })).toBe(
      "Then run /wa-token guide step 4.",
    );
  });
});
