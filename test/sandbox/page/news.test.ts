import { describe, expect, it } from "vitest";
import { knownOf, newsOf } from "../../../sandbox/page/client/conversation/news.ts";
import type { MessageView } from "../../../sandbox/page/protocol/slack-snapshot.ts";

const message = (ts: string, part: Partial<MessageView> = {}): MessageView => ({
  channel: "C1",
  ts,
  author: "U1",
  text: ts,
  blocks: [],
  attachments: [],
  edited: false,
  onlyYou: false,
  replyTo: null,
  broadcast: false,
  replies: [],
  ...part,
});

const BEFORE = [message("1"), message("2")];
const fresh = message("3");
const mine = message("4", { onlyYou: true });
const edited = message("1", { text: "another text", edited: true });
const replied = message("1", { replies: [fresh] });

describe("a list of messages", () => {
  it.each([
    ["nothing new", BEFORE, { following: true }, undefined, []],
    ["a new message", [...BEFORE, fresh], { following: true }, "3", []],
    ["a new message above the reader's end", [...BEFORE, fresh], { following: false }, undefined, ["3"]],
    ["two new messages", [...BEFORE, fresh, message("5")], { following: true }, "5", []],
    ["two new messages, scrolled up", [...BEFORE, fresh, message("5")], { following: false }, undefined, ["3", "5"]],
    ["an edit", [edited, message("2")], { following: true }, undefined, []],
    ["a reply in a thread", [replied, message("2")], { following: true, pressed: "1" }, undefined, []],
    ["a private answer", [...BEFORE, mine], { following: false }, "4", []],
    ["a private answer and news", [...BEFORE, fresh, mine], { following: false }, "4", ["3"]],
    ["an edit of the pressed message", [edited, message("2")], { following: false, pressed: "1" }, "1", []],
    ["an edit of another message", [edited, message("2")], { following: true, pressed: "2" }, undefined, []],
    ["a removed message", [message("1")], { following: true, pressed: "2" }, undefined, []],
  ] as const)("after %s", (_what, now, reader, show, waiting) => {
    const news = newsOf(knownOf(BEFORE), now, { pressed: undefined, ...reader });
    expect(news).toMatchObject({ show, waiting });
  });

  it("waits for one answer to a press", () => {
    const reader = { following: true, pressed: "1" };
    expect(newsOf(knownOf(BEFORE), [edited, message("2")], reader).isAnswer).toBe(true);
    expect(newsOf(knownOf(BEFORE), [...BEFORE, mine], reader).isAnswer).toBe(true);
    expect(newsOf(knownOf(BEFORE), [...BEFORE, fresh], reader).isAnswer).toBe(false);
  });
});
