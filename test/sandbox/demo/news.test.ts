import { describe, expect, it } from "vitest";
import { newsSince } from "../../../sandbox/demo/news.ts";
import type { MessageView, ModalView, SlackSnapshot } from "../../../sandbox/page/protocol/slack-snapshot.ts";

const aMessage = (ts: string, given: Partial<MessageView> = {}): MessageView => ({
  channel: "C1",
  ts,
  author: "UBOT",
  text: "first",
  blocks: [],
  attachments: [],
  edited: false,
  onlyYou: false,
  replyTo: null,
  broadcast: false,
  replies: [],
  ...given,
});

const aModal = (given: Partial<ModalView> = {}): ModalView => ({
  id: "V1",
  hash: "1",
  title: "Check a token",
  submit: "Check",
  close: "Close",
  blocks: [],
  values: {},
  errors: {},
  depth: 1,
  tokenField: null,
  watchField: null,
  ...given,
});

const robin = { id: "U1", name: "robin", realName: "Robin", team: "acme", outsider: false };

const aScreen = (messages: readonly MessageView[], modal: ModalView | null = null): SlackSnapshot => ({
  viewer: robin,
  people: [robin],
  bot: { id: "UBOT", name: "wa-token" },
  now: "2026-11-24T08:00:00Z",
  conversations: [{ id: "C1", kind: "channel", name: "wa-alerts", shared: false, messages }],
  home: null,
  modal,
  notices: [],
  refusals: [],
  watches: [],
});

const reply = aMessage("2", { replyTo: "1", text: "reply" });

describe("what changed on a screen", () => {
  it.each<[string, readonly MessageView[], readonly MessageView[], readonly string[]]>([
    ["nothing", [aMessage("1")], [aMessage("1")], []],
    ["a new message", [aMessage("1")], [aMessage("1"), aMessage("2")], ["2 new"]],
    ["an edited message", [aMessage("1")], [aMessage("1", { text: "second", edited: true })], ["1 edited"]],
    [
      "an edited message and its new reply",
      [aMessage("1")],
      [aMessage("1", { attachments: [{ color: "#fff" }], replies: [reply] }), aMessage("3")],
      ["1 edited", "2 new", "3 new"],
    ],
    [
      "a reply that the channel sees too, once",
      [aMessage("1")],
      [aMessage("1", { replies: [reply] }), { ...reply, broadcast: true }],
      ["2 new"],
    ],
  ])("%s", (_what, before, now, expected) => {
    const { messages } = newsSince(aScreen(before), aScreen(now));
    expect(messages.map(({ message, isNew }) => `${message.ts} ${isNew ? "new" : "edited"}`)).toEqual(expected);
  });

  it("is everything at the first look", () => {
    const { messages, modal } = newsSince(undefined, aScreen([aMessage("1")], aModal()));
    expect([messages.map(({ isNew }) => isNew), modal?.id]).toEqual([[true], "V1"]);
  });

  it.each<[string, ModalView | null, string | undefined]>([
    ["the same modal", aModal(), undefined],
    ["a closed modal", null, undefined],
    ["a changed modal", aModal({ hash: "2" }), "V1 2"],
    ["another modal", aModal({ id: "V2" }), "V2 1"],
  ])("with %s", (_what, now, expected) => {
    const { modal } = newsSince(aScreen([], aModal()), aScreen([], now));
    expect(modal === undefined ? undefined : `${modal.id} ${modal.hash}`).toBe(expected);
  });
});
