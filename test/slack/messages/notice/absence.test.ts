import { describe, expect, it } from "vitest";
import { messageView } from "../../../../src/slack/messages/message-view.ts";
import type { HistoryEntry } from "../../../../src/alert/history.ts";
import { plainMrkdwn, plainSlack } from "../../../docs/plain-slack.ts";
import { after, NOW } from "../../../support/builders.ts";
import { anEntry } from "../../support/history.ts";
import { aReport } from "../../support/deliveries.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const absence = (missed: readonly HistoryEntry[], more = 0, watches = 48) =>
  aReport({ kind: "absence", from: NOW, to: after(3 * HOUR + 20 * MINUTE), watches, missed, more });
const read = (delivery: ReturnType<typeof absence>): readonly string[] =>
  plainMrkdwn(messageView(delivery, "UTC", undefined).text).split("\n");

const HEAD =
  "This bot was not running from 22 Nov 2026, 08:00 UTC to 22 Nov 2026, 11:20 UTC (3 hours 20 minutes). It missed the checks of 48 tokens.";

describe("the bot that comes back", () => {
  it("gives the start and end of the absence, and the changes found afterwards", () => {
    expect(read(absence([anEntry(), anEntry({ watch: "shop" })], 3))).toEqual([
      HEAD,
      "Changes found since then:",
      "• 22 Nov 2026, 08:00 UTC · orders-prod · New problem: Healthy → Degraded. The token lacks a permission. (GET /debug_token, HTTP 200)",
      "• 22 Nov 2026, 08:00 UTC · shop · New problem: Healthy → Degraded. The token lacks a permission. (GET /debug_token, HTTP 200)",
      "…and 3 more: /wa-token status",
    ]);
  });

  it("says that nothing changed", () => {
    expect(read(absence([], 0, 1))).toEqual([
      HEAD.replace("48 tokens", "1 token"),
      "It has checked everything again: nothing changed.",
    ]);
    expect(messageView(absence([]), "UTC", undefined).attachments).toEqual([]);
  });

  it("shows the same in its blocks", () => {
    const message = messageView(absence([anEntry()], 3), "UTC", undefined);
    const seen = [plainSlack(message.blocks), plainSlack(message.attachments[0]?.blocks ?? [])].join("\n");
    expect(seen).toBe(plainMrkdwn(message.text));
  });
});
