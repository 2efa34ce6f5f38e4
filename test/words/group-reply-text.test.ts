import { describe, expect, it } from "vitest";
import type { Alert, Reason } from "../../src/alert/alert.ts";
import type { ThreadReplies } from "../../src/outbox/group-reply.ts";
import { groupReplyText } from "../../src/words/group-reply-text.ts";
import { aFailure, after, aCard, NOW } from "../support/builders.ts";
import { revokedAlerts, uncheckedAlerts } from "../slack/support/group.ts";
import { read } from "./support/read.ts";

const QUIET: ThreadReplies = { replies: [], joined: [], left: [], entries: [], notice: false };
const LINK = "https://acme.slack.com/archives/C0ALERTS/p1700000000000100";
const WHY =
  "The token was revoked. What to do: Generate a new token for the system user. Save the new token where your app reads it. Restart the app if it reads the token only at start.";

const told = (reason: Reason, alerts: readonly Alert[], by: string | null = null): ThreadReplies["replies"] =>
  alerts.map((alert) => ({ alert, reply: { reason, at: NOW, notice: false, verdict: alert.verdict, by } }));
const linesOf = (fields: Partial<ThreadReplies>, link?: string): readonly string[] =>
  groupReplyText({ ...QUIET, ...fields }, link).map(read);
const renamed = (alerts: readonly Alert[], name: string): readonly Alert[] =>
  alerts.map((alert) => ({ ...alert, card: { ...alert.card, name } }));
const nth = (index: number): readonly Alert[] => revokedAlerts(index + 1).slice(index);

describe("what the thread of a group hears at once", () => {
  it.each<[Reason, string | null, string]>([
    ["first", null, "New problem: shop-0 and shop-1 (2)."],
    ["not_checked", null, "Could not be checked: shop-0 and shop-1 (2)."],
    ["reminder", null, "Still not fixed: shop-0 and shop-1 (2)."],
    ["reopened", null, "The problem came back: shop-0 and shop-1 (2)."],
    ["lasts", null, "The problem came back and is still not fixed: shop-0 and shop-1 (2)."],
    ["worse", null, "Got worse: shop-0 and shop-1 (2)."],
    ["last_day", null, "Last day: shop-0 and shop-1 (2)."],
    ["snooze_over", null, "The snooze ended, still not fixed: shop-0 and shop-1 (2)."],
    ["better", null, "Improved, but not fixed: shop-0 and shop-1 (2)."],
    ["stale", null, "Not fully checked for some time: shop-0 and shop-1 (2)."],
    ["recovered", null, "Fixed: shop-0 and shop-1 (2)."],
    ["rotated", null, "Fixed, token replaced: shop-0 and shop-1 (2)."],
    ["unwatched", null, "Removed from the watchlist: shop-0 and shop-1 (2)."],
    ["escalated", null, "Escalated to on-call, because nobody responded: shop-0 and shop-1 (2)."],
    ["acknowledged", "U0ANNA", "Taken by U0ANNA: shop-0 and shop-1 (2)."],
    ["unacknowledged", "U0ANNA", "Acknowledgement undone by U0ANNA: shop-0 and shop-1 (2)."],
    ["snoozed", "U0ANNA", "Snoozed by U0ANNA: shop-0 and shop-1 (2)."],
    ["unsnoozed", "U0ANNA", "Snooze ended by U0ANNA: shop-0 and shop-1 (2)."],
    ["checked", "U0ANNA", "Checked by U0ANNA, still not fixed: shop-0 and shop-1 (2)."],
  ])("says %s once for all", (reason, by, text) => {
    expect(linesOf({ replies: told(reason, revokedAlerts(2), by) })).toEqual([text]);
  });

  it("says since when no check has succeeded for all, and what happens next", () => {
    const [first = [], second = []] = [0, 60_000].map((ms) =>
      uncheckedAlerts(1, { failing: { failure: aFailure(), since: after(ms), tries: 4 } }),
    );
    const proof = uncheckedAlerts(1, { failing: { failure: aFailure({ kind: "unreadable" }), since: NOW, tries: 4 } });
    const words = told("stale", [...first, ...renamed(second, "shop-1"), ...renamed(proof, "shop-2")]);
    expect(linesOf({ replies: words })).toEqual([
      "No check has succeeded since 2026-11-22 08:01 UTC: shop-0 and shop-1 (2). The bot checks again automatically.",
      "No check has succeeded since 2026-11-22 08:00 UTC: shop-2. What to do: Correct the place where the bot reads this token.",
    ]);
  });

  it("names the alerts that joined and left, problems before improvements", () => {
    const words = [...told("recovered", nth(0)), ...told("worse", nth(1))];
    expect(linesOf({ replies: words, joined: nth(2), left: nth(3) })).toEqual([
      "The same problem also affects shop-2.",
      "Got worse: shop-1.",
      "Fixed: shop-0.",
      "Moved to another message, because the cause changed: shop-3.",
    ]);
  });

  it.each<[string, Partial<ThreadReplies>, readonly string[]]>([
    ["worse", { replies: told("worse", nth(0)) }, ["Got worse: shop-0.", WHY]],
    ["new here", { joined: nth(1) }, ["The same problem also affects shop-1.", WHY]],
    [
      "not checked",
      { joined: uncheckedAlerts(1) },
      [
        "The same problem also affects shop-0.",
        "Checks have failed since 2026-11-22 08:00 UTC: Graph did not answer within 5 s. What to do: Nothing. The bot checks again automatically.",
      ],
    ],
    [
      "not checked, without a known failure",
      { joined: uncheckedAlerts(1, { failing: null }) },
      ["The same problem also affects shop-0."],
    ],
    [
      "fixed",
      { replies: told("recovered", revokedAlerts(1, { resolvedAt: NOW, resolution: "recovered" })) },
      ["Fixed: shop-0."],
    ],
  ])("says why and what to do where people read it in the channel: %s", (_name, said, lines) => {
    expect(linesOf({ ...said, notice: true })).toEqual(lines);
  });

  it("of a blocked app asks for no token", () => {
    const failing = {
      failure: aFailure({ kind: "app_blocked", message: "Meta blocks the app." }),
      since: NOW,
      tries: 2,
    };
    const text = linesOf({ joined: revokedAlerts(2, { failing }), notice: true }).join(" ");
    expect(text).toContain("Meta blocks the app.");
    expect(text).not.toMatch(/generate|assign/i);
  });

  it("has only a link to the message for a reminder", () => {
    const words = told("reminder", revokedAlerts(2));
    const reminder = "Still not fixed: shop-0 and shop-1 (2).";
    expect(linesOf({ replies: words, notice: true }, LINK)).toEqual([reminder, `Open the alert (${LINK})`]);
    expect(linesOf({ replies: words, notice: true })).toEqual([reminder]);
    expect(linesOf({ replies: told("worse", revokedAlerts(2)) }, LINK).join()).not.toContain(LINK);
  });

  it("says that a check by button had no answer", () => {
    const replies = told("checked", nth(0), "U0ANNA").map(({ alert, reply }) => ({
      alert,
      reply: { ...reply, verdict: null },
    }));
    expect(linesOf({ replies })).toEqual(["Checked by U0ANNA, no answer from Meta: shop-0."]);
  });

  it("gives the end and the reason of a snooze, if no other snooze replaced it", () => {
    const snoozed = { by: "U0ANNA", at: NOW, until: after(3_600_000), reason: "rotation is\n<planned>" };
    expect(linesOf({ replies: told("snoozed", revokedAlerts(2, { snoozed }), "U0ANNA") })).toEqual([
      "Snoozed by U0ANNA: shop-0 and shop-1 (2), until 2026-11-22 09:00 UTC. Reason: “rotation is <planned>”",
    ]);
    expect(linesOf({ replies: told("snoozed", revokedAlerts(1, { snoozed }), "U0BEN") })).toEqual([
      "Snoozed by U0BEN: shop-0.",
    ]);
  });

  it("stays short for any number of alerts", () => {
    const many = revokedAlerts(200);
    expect(linesOf({ joined: many }).join()).toMatch(
      /^The same problem also affects shop-0, shop-1, .* and \d+ more \(200\)\.$/,
    );
    const people = Array.from({ length: 9 }, (_, index) => told("acknowledged", many, `U0P${index}`));
    const lines = linesOf({ replies: people.flat() });
    expect(lines).toHaveLength(7);
    expect(lines.at(-1)).toBe("More has changed: see the message above.");
    expect(lines.join("\n").length).toBeLessThanOrEqual(4_000);
  });

  it("keeps each sentence on one line, with any foreign text", () => {
    const alerts = revokedAlerts(2, { card: aCard({ name: "a\nb <!channel>" }) });
    expect(linesOf({ replies: told("worse", alerts) })).toEqual(["Got worse: a b <!channel>."]);
  });
});
