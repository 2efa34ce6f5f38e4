import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../sandbox/slack/json.ts";
import { isViewTooLarge, viewProblems } from "../../../../sandbox/slack/limits/view.ts";

const plain = (length: number): JsonObject => ({ type: "plain_text", text: "x".repeat(length) });
const modal = (more: JsonObject): JsonObject => ({ type: "modal", title: plain(24), blocks: [], ...more });
const input = (focus: boolean): JsonObject => ({
  type: "input",
  label: plain(5),
  element: { type: "plain_text_input", focus_on_load: focus },
});

describe("views", () => {
  it.each<[string, JsonObject, "modal" | "home"]>([
    [
      "a modal with everything",
      modal({
        submit: plain(24),
        close: plain(24),
        private_metadata: "x".repeat(3000),
        blocks: [input(true)],
        notify_on_close: true,
      }),
      "modal",
    ],
    ["a Home view", { type: "home", blocks: [{ type: "divider" }] }, "home"],
  ])("accepts %s", (_name, view, surface) => {
    expect(viewProblems(view, surface)).toEqual([]);
  });

  it.each<[string, JsonObject, "modal" | "home", string]>([
    ["a title of 25", modal({ title: plain(25) }), "modal", "/view/title/text"],
    ["no title", modal({ title: undefined }), "modal", "/view"],
    ["a title in mrkdwn", modal({ title: { type: "mrkdwn", text: "x" } }), "modal", "/view/title/type"],
    ["a submit of 25", modal({ submit: plain(25) }), "modal", "/view/submit/text"],
    ["a close of 25", modal({ close: plain(25) }), "modal", "/view/close/text"],
    ["private_metadata of 3001", modal({ private_metadata: "x".repeat(3001) }), "modal", "/view/private_metadata"],
    ["a callback_id of 256", modal({ callback_id: "x".repeat(256) }), "modal", "/view/callback_id"],
    ["an external_id of 256", modal({ external_id: "x".repeat(256) }), "modal", "/view/external_id"],
    ["an input without submit", modal({ blocks: [input(false)] }), "modal", "/view"],
    ["two fields with the focus", modal({ submit: plain(5), blocks: [input(true), input(true)] }), "modal", "/view"],
    ["a property that is not there", modal({ colour: "red" }), "modal", "/view"],
    ["no blocks", { type: "modal", title: plain(5) }, "modal", "/view"],
    ["a modal as Home", modal({}), "home", "/view/type"],
    ["an alert in Home", { type: "home", blocks: [{ type: "alert", text: plain(5) }] }, "home", "/view/blocks/0/type"],
  ])("refuses %s", (_name, view, surface, pointer) => {
    expect(viewProblems(view, surface).map((problem) => problem.pointer)).toContain(pointer);
  });

  it("is too large above 250 kB", () => {
    expect(isViewTooLarge(modal({ private_metadata: "x".repeat(249_000) }))).toBe(false);
    expect(isViewTooLarge(modal({ private_metadata: "x".repeat(250_000) }))).toBe(true);
  });
});
