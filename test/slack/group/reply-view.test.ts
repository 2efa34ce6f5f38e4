import { describe, expect, it } from "vitest";
import { groupReplyText } from "../../../src/slack/group/reply-view.ts";
import type { Alert, Reason } from "../../../src/watch/alert.ts";
import type { ThreadWords } from "../../../src/watch/group-reply.ts";
import { plainMrkdwn } from "../../docs/plain-slack.ts";
import { aCard, after, NOW } from "../../support/builders.ts";
import { revokedAlerts, uncheckedAlerts } from "../support/group.ts";

const QUIET: ThreadWords = { words: [], joined: [], left: [], notice: false };

const told = (
  reason: Reason,
  alerts: readonly Alert[],
  by: string | null = null,
  notice = false,
): ThreadWords["words"] =>
  alerts.map((alert) => ({ alert, word: { reason, at: NOW, notice, verdict: alert.verdict, by } }));

const read = (fields: Partial<ThreadWords>): string => plainMrkdwn(groupReplyText({ ...QUIET, ...fields }, "UTC"));

describe("what the thread of a group is told at once", () => {
  it.each<[Reason, string | null, string]>([
    ["reminder", null, "Still not fixed (2): shop-0, shop-1."],
    ["worse", null, "Now worse (2): shop-0, shop-1."],
    ["better", null, "Better, but not fixed yet (2): shop-0, shop-1."],
    ["stale", null, "Not re-checked for a while (2): shop-0, shop-1."],
    ["recovered", null, "Fixed (2): shop-0, shop-1."],
    ["rotated", null, "Fixed, the token was replaced (2): shop-0, shop-1."],
    ["unwatched", null, "No longer watched (2): shop-0, shop-1."],
    ["last_day", null, "The last day (2): shop-0, shop-1."],
    ["escalated", null, "Escalated to on-call because nobody answered (2): shop-0, shop-1."],
    ["acknowledged", "U0ANNA", "Taken by <@U0ANNA> (2): shop-0, shop-1."],
    ["unacknowledged", "U0ANNA", "Acknowledgement taken back by <@U0ANNA> (2): shop-0, shop-1."],
    ["snoozed", "U0ANNA", "Snoozed by <@U0ANNA> (2): shop-0, shop-1."],
    ["unsnoozed", "U0ANNA", "Snooze ended by <@U0ANNA> (2): shop-0, shop-1."],
    ["checked", "U0ANNA", "Checked by <@U0ANNA> (2): shop-0, shop-1: still not fixed."],
    ["first", null, "New (2): shop-0, shop-1."],
    ["not_checked", null, "Could not be checked (2): shop-0, shop-1."],
  ])("says %s once for all", (reason, by, text) => {
    expect(read({ words: told(reason, revokedAlerts(2), by) })).toBe(text);
  });

  it("says who joined and who left, and what is bad before what is good", () => {
    const [one, two, three, four] = revokedAlerts(4);
    const of = (alert: Alert | undefined): readonly Alert[] => (alert === undefined ? [] : [alert]);
    const words = [...told("recovered", of(one)), ...told("worse", of(two))];
    expect(read({ words, joined: of(three), left: of(four) }).split("\n")).toEqual([
      "<@U0OWNER0> New here, of the same cause: shop-2.",
      "Now worse: shop-1.",
      "Fixed: shop-0.",
      "Another cause by now, so in another message: shop-3.",
    ]);
  });

  it("says why and what to do where it is shown in the channel", () => {
    const [one, two] = revokedAlerts(2);
    const of = (alert: Alert | undefined): readonly Alert[] => (alert === undefined ? [] : [alert]);
    const why = "Somebody revoked it. What to do: Find out who revoked it.";
    expect(read({ words: told("worse", of(one), null, true), notice: true }).split("\n")).toEqual([
      "<@U0OWNER0> Now worse: shop-0.",
      why,
    ]);
    expect(read({ joined: of(two), notice: true }).split("\n")).toEqual([
      "<@U0OWNER1> New here, of the same cause: shop-1.",
      why,
    ]);
    const unchecked = uncheckedAlerts(1);
    expect(read({ words: told("worse", unchecked, null, true), notice: true }).split("\n")[1]).toBe(
      "Since 22 Nov 2026, 08:00 UTC: Graph did not answer within 5 s. What to do: Nothing now; it is asked again by itself.",
    );
    const over = revokedAlerts(1, { resolvedAt: NOW, resolution: "recovered" });
    expect(read({ words: told("recovered", over), notice: true })).toBe("Fixed: shop-0.");
  });

  it("says no more of a reminder than a link to the message", () => {
    const words = told("reminder", revokedAlerts(2), null, true);
    const link = "https://acme.slack.com/archives/C0ALERTS/p1700000000000100";
    expect(
      groupReplyText({ ...QUIET, words, notice: true }, "UTC", link)
        .split("\n")
        .map(plainMrkdwn),
    ).toEqual(["<@U0OWNER0> <@U0OWNER1> Still not fixed (2): shop-0, shop-1.", `<${link}|See what to do>.`]);
    expect(read({ words, notice: true })).toBe("<@U0OWNER0> <@U0OWNER1> Still not fixed (2): shop-0, shop-1.");
    expect(groupReplyText({ ...QUIET, words: told("worse", revokedAlerts(2)) }, "UTC", link)).not.toContain(link);
  });

  it("says when a check by the button had no answer", () => {
    const words = told("checked", revokedAlerts(1), "U0ANNA").map(({ alert, word }) => ({
      alert,
      word: { ...word, verdict: null },
    }));
    expect(read({ words })).toBe("Checked by <@U0ANNA>: shop-0: no answer.");
  });

  it("gives the end and the reason of a snooze", () => {
    const snoozed = { by: "U0ANNA", at: NOW, until: after(3_600_000), reason: "rotation is <planned>" };
    expect(read({ words: told("snoozed", revokedAlerts(2, { snoozed }), "U0ANNA") })).toBe(
      "Snoozed by <@U0ANNA> (2): shop-0, shop-1, until 22 Nov 2026, 09:00 UTC. Reason: rotation is &lt;planned&gt;",
    );
    expect(read({ words: told("snoozed", revokedAlerts(1, { snoozed }), "U0BEN") })).toBe(
      "Snoozed by <@U0BEN>: shop-0.",
    );
  });

  it("calls the owners of critical ones that join, and of those that people must notice; nobody else", () => {
    const oncall = { card: aCard({ owner: "U0OWNER", oncall: "S0TEAM" }) };
    const calls = /^<@U0OWNER> <!subteam\^S0TEAM> /;
    expect(read({ joined: revokedAlerts(1, oncall) })).toMatch(calls);
    expect(read({ words: told("reminder", revokedAlerts(1, oncall), null, true) })).toMatch(calls);
    expect(read({ words: told("recovered", revokedAlerts(1, oncall)) })).toMatch(/^Fixed/);
    expect(read({ joined: uncheckedAlerts(1, oncall) })).toMatch(/^New here/);
    expect(read({ left: revokedAlerts(1, oncall) })).toMatch(/^Another cause/);
  });

  it("stays short however much there is", () => {
    const many = revokedAlerts(200);
    expect(read({ joined: many })).toMatch(
      /^<@U0OWNER0> <@U0OWNER1> New here, of the same cause \(200\): .* and \d+ more\.$/,
    );
    const people = Array.from({ length: 9 }, (_, index) => told("acknowledged", many, `U0P${index}`));
    const text = read({ words: people.flat() });
    expect(text.split("\n")).toHaveLength(7);
    expect(text).toMatch(/More has changed: see the message above\.$/);
    expect(text.length).toBeLessThanOrEqual(4_000);
  });
});
