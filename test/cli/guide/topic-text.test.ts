import { describe, expect, it } from "vitest";
import { stripVTControlCharacters } from "node:util";
import { topicText } from "../../../src/cli/guide/topic-text.ts";
import { coloured, plain } from "../../support/looks.ts";
import { bold, bullets, command, link, paragraph, rich, steps } from "../../../src/guide/rich-text.ts";
import type { Part } from "../../../src/guide/rich-text.ts";
import type { Topic } from "../../../src/guide/topic.ts";
import { guideTopics } from "../../../src/guide/topics.ts";

function aTopic(...parts: readonly Part[]): Topic {
  return { id: "overview", kind: "setup", title: "T", summary: "S.", parts, tips: [], keywords: [] };
}

const body = (topic: Topic, width = 40) => topicText(topic, plain(width)).split("\n").slice(3).join("\n");

describe("a topic in a terminal", () => {
  it("keeps a command on one line", () => {
    expect(body(aTopic(paragraph(rich`Then run ${command("guide step 4")}.`)), 24)).toBe(
      "Then run\n`wa-token guide step 4`.",
    );
  });

  it("starts with its underlined title", () => {
    expect(topicText({ ...aTopic(paragraph(rich`x`)), title: "Three" }, plain(40))).toBe("Three\n-----\n\nx");
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

  it("has a bold heading and numbers, and dim addresses, in a terminal with colours", () => {
    const list = steps(rich`Open ${link("Meta", "https://m.test")}, ${bold("now")}.`, rich`Run ${command("check")}.`);
    expect(topicText({ ...aTopic(list), title: "Three" }, coloured(60)).split("\n")).toEqual([
      "\u001B[1mThree\u001B[0m",
      "\u001B[2m-----\u001B[0m",
      "",
      "\u001B[1m1.\u001B[0m Open Meta \u001B[2m(https://m.test)\u001B[0m, \u001B[1mnow\u001B[0m.",
      "\u001B[1m2.\u001B[0m Run \u001B[1m`wa-token check`\u001B[0m.",
    ]);
  });
});

describe("the guide at a width", () => {
  const topics = guideTopics({ appName: "Orders Bot" });

  it.each([20, 40, 80, 120])("has no longer line than %i columns, except one word, address or command", (width) => {
    for (const topic of topics) {
      const text = topicText(topic, plain(width));
      expect(text).not.toMatch(/[^\P{Cc}\n]/u);
      const tooLong = text.split("\n").filter((line) => line.length > width && !isWhole(line));
      expect(tooLong).toEqual([]);
    }
  });

  it.each([40, 80])("has the same words and lines at %i columns with colours and without", (width) => {
    for (const topic of topics)
      expect(stripVTControlCharacters(topicText(topic, coloured(width)))).toBe(topicText(topic, plain(width)));
  });

  it("ends every style on its line, so that a pager shows lines alone", () => {
    for (const line of topics.flatMap((topic) => topicText(topic, coloured(40)).split("\n")))
      expect(line).not.toMatch(LEFT_OPEN);
  });
});

const codeLines = new Set(
  guideTopics({ appName: "Orders Bot" })
    .flatMap(({ parts }) => parts)
    .flatMap((part) => (part.kind === "list" ? part.items : []))
    .flatMap(({ codeblock = "" }) => codeblock.split("\n")),
);

/** A line that cannot break: one word, a command, or a line of code. */
const isWhole = (line: string): boolean =>
  codeLines.has(line.trim()) || /^\s*(?:\d+\. |- )?(?:\S+|`[^`]+`\S*)$/.test(line);

const ESCAPE = "\u001B";
const LEFT_OPEN = new RegExp(`${ESCAPE}\\[[12]m[^${ESCAPE}]*$`, "u");
