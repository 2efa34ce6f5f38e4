import { describe, expect, it } from "vitest";
import { groupReplyText } from "../../../../src/slack/messages/group/reply-view.ts";
import type { Alert, Reason } from "../../../../src/alert/alert.ts";
import type { ThreadReplies } from "../../../../src/outbox/group-reply.ts";
import { aCard, NOW } from "../../../support/builders.ts";
import { revokedAlerts, uncheckedAlerts } from "../../support/group.ts";

const QUIET: ThreadReplies = { replies: [], joined: [], left: [], entries: [], notice: false };
const LINK = "https://acme.slack.com/archives/C0ALERTS/p1700000000000100";

const told = (reason: Reason, alerts: readonly Alert[], notice = false): ThreadReplies["replies"] =>
  alerts.map((alert) => ({ alert, reply: { reason, at: NOW, notice, verdict: alert.verdict, by: null } }));
const said = (fields: Partial<ThreadReplies>, link?: string): string =>
  groupReplyText({ ...QUIET, ...fields }, "UTC", link);

const oncall = { card: aCard({ owner: "U0OWNER", oncall: "S0TEAM" }) };
const CALLS = "<@U0OWNER> <!subteam^S0TEAM> ";

describe("a reply in the thread of a group, as Slack gets it", () => {
  it.each<[string, Partial<ThreadReplies>, string]>([
    ["critical ones that join", { joined: revokedAlerts(1, oncall) }, `${CALLS}The same problem also affects`],
    [
      "those that people must notice",
      { replies: told("reminder", revokedAlerts(1, oncall), true) },
      `${CALLS}Still not fixed`,
    ],
    ["nobody of those that are fixed", { replies: told("recovered", revokedAlerts(1, oncall)) }, "Fixed: "],
    ["nobody of warnings that join", { joined: uncheckedAlerts(1, oncall) }, "The same problem also affects"],
    ["nobody of those that left", { left: revokedAlerts(1, oncall) }, "Moved to another message"],
  ])("notifies the owners and on-call of %s", (_name, fields, start) => {
    const text = said(fields);
    expect(text.startsWith(start)).toBe(true);
    expect(text.slice(CALLS.length)).not.toMatch(/<@|<!subteam/);
  });

  it("notifies each person once, before all lines", () => {
    expect(said({ joined: revokedAlerts(4), replies: told("worse", revokedAlerts(2), true) })).toMatch(
      /^<@U0OWNER0> <@U0OWNER1> The same problem also affects [^<]*\nGot worse: [^<]*$/,
    );
  });

  it("has a line for each kind of news, with names in bold, and links to the message", () => {
    expect(said({ replies: told("reminder", revokedAlerts(2), true), notice: true }, LINK)).toBe(
      `<@U0OWNER0> <@U0OWNER1> Still not fixed: *shop-0* and *shop-1* (2).\n<${LINK}|Open the alert>`,
    );
  });

  it("turns no foreign text into a mention or a line", () => {
    const hostile = "<!channel>\n<@U0VICTIM>";
    const alerts = revokedAlerts(2, { card: aCard({ name: hostile, owner: hostile, oncall: hostile }) });
    const text = said({ joined: alerts, left: alerts, replies: told("worse", alerts, true), notice: true });
    expect(text).not.toMatch(/<!channel|<@U0VICTIM/);
    expect(text.split("\n")).toHaveLength(4);
  });
});
