import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../sandbox/slack/json.ts";
import { messageRefusal, problemSentences } from "../../../../sandbox/slack/limits/message.ts";

const section = (length: number): JsonObject => ({
  type: "section",
  text: { type: "mrkdwn", text: "x".repeat(length) },
});

const table = (...lengths: number[]): JsonObject => ({
  type: "table",
  rows: [lengths.map((length) => ({ type: "raw_text", text: "x".repeat(length) }))],
});

describe("messages", () => {
  it.each<[string, JsonObject, "post" | "update"]>([
    ["40000 characters", { text: "x".repeat(40_000) }, "post"],
    ["an edit of 4000 characters", { text: "x".repeat(4000) }, "update"],
    ["a coloured attachment with blocks", { attachments: [{ color: "#a30200", blocks: [section(5)] }] }, "post"],
    ["one table of 10000 characters", { blocks: [table(5000, 5000)] }, "post"],
    ["12000 characters of markdown", { markdown_text: "x".repeat(12_000) }, "post"],
  ])("accepts %s", (_name, message, kind) => {
    expect(messageRefusal(message, kind)).toBeUndefined();
  });

  it.each<[string, JsonObject, "post" | "update", string]>([
    ["40001 characters", { text: "x".repeat(40_001) }, "post", "msg_too_long"],
    ["an edit of 4001 characters", { text: "x".repeat(4001) }, "update", "msg_too_long"],
    ["blocks that hold too much", { blocks: [1, 2, 3, 4, 5].map(() => section(2900)) }, "post", "msg_blocks_too_long"],
    ["blocks that are text", { blocks: "[{" }, "post", "invalid_blocks_format"],
    ["a block that is none", { blocks: [{ type: "nothing" }] }, "post", "invalid_blocks"],
    ["a bad block in an attachment", { attachments: [{ blocks: [{ type: "alert" }] }] }, "post", "invalid_blocks"],
    ["101 attachments", { attachments: Array.from({ length: 101 }, () => ({})) }, "post", "invalid_attachments"],
    ["markdown beside text", { text: "x", markdown_text: "x" }, "post", "markdown_text_conflict"],
    [
      "12001 characters in markdown blocks",
      { blocks: [12_000, 1].map((n) => ({ type: "markdown", text: "x".repeat(n) })) },
      "post",
      "invalid_blocks",
    ],
    ["10001 characters in a table", { blocks: [table(5000, 5001)] }, "post", "invalid_blocks"],
    ["two tables", { blocks: [table(1), section(1), table(1)] }, "post", "only_one_table_allowed"],
    [
      "a second table in an attachment",
      { blocks: [table(1)], attachments: [{ blocks: [table(1)] }] },
      "update",
      "only_one_table_allowed",
    ],
  ])("refuses %s", (_name, message, kind, error) => {
    expect(messageRefusal(message, kind)?.error).toBe(error);
  });

  it("names the place in Slack's words", () => {
    const problems = messageRefusal({ blocks: [section(3001)] }, "post")?.problems ?? [];
    expect(problemSentences(problems)).toEqual([
      "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ]);
  });
});
