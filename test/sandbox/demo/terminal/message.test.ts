import { describe, expect, it } from "vitest";
import { messageLines } from "../../../../sandbox/demo/terminal/message.ts";
import type { MessageView } from "../../../../sandbox/page/protocol/slack-snapshot.ts";
import { looks, lookup, rows } from "./rows.ts";

const aMessage = (given: Partial<MessageView> = {}): MessageView => ({
  channel: "C1",
  ts: "1795334400.000100",
  text: "Warning: *orders-prod* is expiring.",
  blocks: [],
  attachments: [],
  author: "UBOT",
  edited: false,
  broadcast: false,
  onlyYou: false,
  replyTo: null,
  replies: [],
  ...given,
});

const draw = (given: Partial<MessageView>): readonly string[] =>
  rows(messageLines(aMessage(given), { width: 70, lookup }));

describe("a message in a terminal", () => {
  it.each<[string, Partial<MessageView>, string]>([
    ["in a channel", {}, "#wa-alerts  wa-token  08:00 UTC"],
    ["for one person", { onlyYou: true }, "#wa-alerts  wa-token  08:00 UTC  only you see this"],
    ["edited", { edited: true }, "#wa-alerts  wa-token  08:00 UTC  (edited)"],
    ["direct", { channel: "D1" }, "direct message  wa-token  08:00 UTC"],
    ["of somebody else", { author: "U9" }, "#wa-alerts  U9  08:00 UTC"],
  ])("names its place when it is %s", (_kind, given, head) => {
    expect(draw(given)).toEqual([head, "  Warning: orders-prod is expiring."]);
  });

  it("indents a thread reply, and notes when the channel sees it too", () => {
    const reply = { replyTo: "1795334000.000100" };
    expect(draw(reply)).toEqual(["    ↳ thread  wa-token  08:00 UTC", "      Warning: orders-prod is expiring."]);
    expect(draw({ ...reply, broadcast: true })[0]).toBe("    ↳ thread  wa-token  08:00 UTC  also sent to the channel");
  });

  it("shows blocks instead of the text, as Slack does", () => {
    const blocks = [{ type: "section", text: { type: "mrkdwn", text: "Instead." } }];
    expect(draw({ blocks }).slice(1)).toEqual(["  Instead."]);
  });

  it("draws attachments next to a bar in their colour, and names the colour", () => {
    const details = { type: "section", fields: [{ type: "mrkdwn", text: "*Token*\nends in …x" }] };
    const message = aMessage({
      attachments: [{ color: "#d72b3f", blocks: [details] }, { text: "only words" }],
    });
    const lines = messageLines(message, { width: 70, lookup });
    expect(rows(lines).slice(2)).toEqual(["", "  ▌ red", "  ▌ Token", "  ▌ ends in …x", "  ▌ grey", "  ▌ only words"]);
    expect(looks(lines[4])).toBe("  |bad:▌ |bold:Token");
  });
});
