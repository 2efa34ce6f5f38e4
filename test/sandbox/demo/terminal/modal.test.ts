import { describe, expect, it } from "vitest";
import { modalLines } from "../../../../sandbox/demo/terminal/modal.ts";
import { lineWidth } from "../../../../sandbox/demo/terminal/wrap.ts";
import type { ModalView } from "../../../../sandbox/page/protocol/slack-snapshot.ts";
import { lookup, rows } from "./rows.ts";

const plain = (text: string) => ({ type: "plain_text", text });

const aModal = (texts: readonly string[], submit: string | null = null): ModalView => ({
  id: "V1",
  hash: "",
  title: "Check result",
  submit,
  close: "Close",
  blocks: texts.map((text) => ({ type: "header", text: plain(text) })),
  values: {},
  errors: {},
  depth: 1,
  tokenField: null,
  watchField: null,
});

describe("a modal in a terminal", () => {
  it("is a box with title and content, and buttons in its lower edge", () => {
    const modal = aModal(["Healthy ✅"], "Check");
    expect(rows(modalLines(modal, { width: 50, lookup }))).toEqual([
      "╭─ Check result ───────────── only you see this ─╮",
      "│ Healthy ✅                                     │",
      "╰────────────────────────── [ Close ] [ Check ] ─╯",
    ]);
  });

  it.each([["Degraded ⚠️"], ["漢字 ⛔"], ["a line that is a good deal longer than the box is wide, so it wraps"]])(
    "has straight edges around %s",
    (text) => {
      const lines = modalLines(aModal([text]), { width: 40, lookup });
      expect(lines.map(lineWidth)).toEqual(lines.map(() => 40));
    },
  );

  it("shows only the first lines on request, and the number of the others", () => {
    const lines = rows(modalLines(aModal(["a", "b", "c", "d", "e"]), { width: 40, lookup, most: 2 }));
    expect(lines.slice(1, -1)).toEqual([
      `│ a${" ".repeat(35)} │`,
      `│ b${" ".repeat(35)} │`,
      `│ ⋯ 3 more lines${" ".repeat(22)} │`,
    ]);
  });

  it("shows the part above the divider without empty lines", () => {
    const modal = aModal([]);
    const section = (text: string) => ({ type: "section", text: plain(text) });
    const blocks = [section("a"), section("b"), { type: "divider" }, section("c"), section("d"), section("e")];
    const options = { width: 40, lookup, tight: true, most: "above the divider" } as const;
    const words = (some: typeof blocks) =>
      rows(modalLines({ ...modal, blocks: some }, options))
        .slice(1, -1)
        .map((row) => row.replaceAll(/[│ ]+/g, " ").trim());
    expect(words(blocks)).toEqual(["a", "b", "⋯ 4 more lines"]);
    expect(words([section("a"), section("b")])).toEqual(["a", "b"]);
  });

  it("does not cut to save only two lines", () => {
    const lines = rows(modalLines(aModal(["a", "b", "c", "d"]), { width: 40, lookup, most: 2 }));
    expect(lines).toHaveLength(6);
  });
});
