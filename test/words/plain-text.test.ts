import { describe, expect, it } from "vitest";
import { plainText, topicAsText } from "../../src/words/plain-text.ts";
import { bold, bullets, code, command, label, link, paragraph, rich, steps } from "../../src/guide/rich-text.ts";
import type { Part } from "../../src/guide/rich-text.ts";
import type { Topic } from "../../src/guide/topic.ts";
import { guideTopics } from "../../src/guide/topics.ts";

function aTopic(...parts: readonly Part[]): Topic {
  return { id: "overview", kind: "setup", title: "T", summary: "S.", parts, tips: [], keywords: [] };
}

const body = (topic: Topic, width = 40) => topicAsText(topic, { width }).split("\n").slice(3).join("\n");

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

describe("a topic in a terminal", () => {
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
    expect(body(aTopic(paragraph(spans)), 24)).toBe("Then run\n`wa-token guide step 4`.");
  });

  it("starts with its underlined title", () => {
    expect(topicAsText({ ...aTopic(paragraph(rich`x`)), title: "Three" }, { width: 40 })).toBe("Three\n-----\n\nx");
  });

  it("numbers steps, indents their wrapped lines, sub-points and code", () => {
    const list = steps(
      rich`one two three four five six seven eight nine`,
      { spans: rich`enable:`, bullets: [rich`a`, rich`b`] },
      { spans: rich`set:`, codeblock: "KEY=value" },
    );
    expect(body(aTopic(list), 24)).toBe(
      "1. one two three four\n   five six seven eight\n   nine\n2. enable:\n   - a\n   - b\n3. set:\n     KEY=value",
    );
  });

  it("marks bullets", () => {
    expect(body(aTopic(bullets(rich`a`, rich`b`)))).toBe("- a\n- b");
  });

  it("aligns a table that fits and spells out one that does not", () => {
    const table: Part = {
      kind: "table",
      header: [rich`Left`, rich`R`],
      rows: [
        [rich`a`, rich`bbbb`],
        [rich`c`, rich`d`],
      ],
    };
    expect(body(aTopic(table))).toBe("Left | R\n-----+-----\na    | bbbb\nc    | d");
    expect(body(aTopic(table), 8)).toBe("- Left: a\n- R: bbbb\n\n- Left: c\n- R: d");
  });

  it("ends with the tips", () => {
    expect(body({ ...aTopic(), tips: [rich`Do it.`, rich`Or not.`] })).toBe("Tip: Do it.\n\nTip: Or not.");
  });

  it("begins a help topic with its summary", () => {
    expect(body({ ...aTopic(paragraph(rich`x`)), kind: "help" })).toBe("S.\n\nx");
  });

  it.each([60, 80, 120])("fits %i columns, addresses apart, without escape codes", (width) => {
    for (const topic of guideTopics({ appName: "Orders Bot" })) {
      const text = topicAsText(topic, { width });
      expect(text).not.toMatch(/[^\P{Cc}\n]/u);
      const tooLong = text.split("\n").filter((line) => line.length > width && !line.includes("https://"));
      expect(tooLong).toEqual([]);
    }
  });
});
