import { describe, expect, it } from "vitest";
import type { Alert, Reply } from "../../src/watch/alert.ts";
import type { GroupMember } from "../../src/watch/group.ts";
import { groupReply, partMembers } from "../../src/watch/group-reply.ts";
import { causeOf } from "../../src/watch/cause.ts";
import { aFinding, after, aVerdict } from "../support/builders.ts";
import { aReply, MINUTE, revoked } from "./delivery-world.ts";

const HOUR = 60 * MINUTE;
const cause = causeOf(revoked("C1", "a")) ?? "";

const member = (id: string, fields: Partial<Alert> = {}, repliedRevision = 1): GroupMember => ({
  alert: revoked("C1", id, fields),
  deliveredRevision: 1,
  repliedRevision,
  fallbackRevision: 0,
});
const saying = (id: string, reply: Partial<Reply>, fields: Partial<Alert> = {}, replied = 1): GroupMember =>
  member(id, { revision: 2, replies: [aReply(2, reply)], ...fields }, replied);
const joining = (id: string, fields: Partial<Alert> = {}): GroupMember => member(id, fields, 0);
const otherCause = { verdict: aVerdict({ findings: [aFinding("scope_missing")] }) };

/** What is said at `NOW`, when the group spoke some minutes ago. */
const said = (members: readonly GroupMember[], minutesAgo: number | null = 60): string | undefined => {
  const spokeAt = minutesAgo === null ? null : after(-minutesAgo * MINUTE);
  const group = { id: "g", cause, channel: "C1", openedAt: after(-HOUR), spokeAt };
  const reply = groupReply({ group, members }, after(0), 4 * HOUR);
  if (reply === undefined) return undefined;
  const { replies, joined, left, notice } = reply;
  const names = (alerts: readonly Alert[]): string => alerts.map(({ id }) => id).join("+");
  return [
    ...replies.map(({ alert, reply: { reason } }) => `${alert.id} ${reason}`),
    ...(joined.length > 0 ? [`joined ${names(joined)}`] : []),
    ...(left.length > 0 ? [`left ${names(left)}`] : []),
    ...(notice ? ["NOTICE"] : []),
  ].join(", ");
};

describe("what a group's thread is told", () => {
  it.each<[string, readonly GroupMember[], number | null, string | undefined]>([
    ["nothing new", [member("a")], 60, undefined],
    [
      "all replies at once, the oldest first",
      [saying("a", { reason: "better", at: after(2) }), saying("b", { reason: "recovered", at: after(1) })],
      60,
      "b recovered, a better",
    ],
    ["a notice of one is a notice of the group", [saying("a", { notice: true })], 1, "a worse, NOTICE"],
    ["what the thread has heard is not repeated", [saying("a", {}, {}, 2)], 60, undefined],
    ["who joins, in a way people see", [member("a"), joining("b"), joining("c")], 15, "joined b+c, NOTICE"],
    ["who joins soon after that, without", [joining("b")], 14, "joined b"],
    ["who joins with a mild problem, without", [joining("b", { severity: "warning" })], 60, "joined b"],
    ["who joins a group that never spoke, in a way people see", [joining("b")], null, "joined b, NOTICE"],
    ["who joins has no other word to say", [saying("b", { notice: true }, {}, 0)], 5, "joined b"],
    [
      "who was over before it joined is told by its end",
      [saying("b", { reason: "recovered" }, { resolvedAt: after(0) }, 0)],
      60,
      "b recovered",
    ],
    ["who leaves, if the thread ever named it", [member("a", otherCause), joining("b", otherCause)], 60, "left a"],
    [
      "a reminder when the group was silent for long",
      [saying("a", { reason: "reminder", notice: true })],
      120,
      "a reminder, NOTICE",
    ],
    [
      "a reminder of all that nobody answered, when one's time has come",
      [
        saying("a", { reason: "reminder", notice: true }),
        member("b"),
        member("c", { acknowledged: { by: "U1", at: after(0) } }),
        member("d", { severity: "warning" }),
        member("e", { resolvedAt: after(0) }),
        saying("f", { reason: "reminder", notice: true }),
      ],
      120,
      "a reminder, f reminder, b reminder, NOTICE",
    ],
    ["no reminder soon after it spoke", [saying("a", { reason: "reminder", notice: true })], 119, undefined],
    [
      "other words without that reminder",
      [saying("a", { reason: "reminder", notice: true }), saying("b", { reason: "better" })],
      60,
      "b better",
    ],
    [
      "a reminder when the clock was set back",
      [saying("a", { reason: "reminder", notice: true })],
      -600,
      "a reminder, NOTICE",
    ],
  ])("%s", (_, members, minutesAgo, expected) => {
    expect(said(members, minutesAgo)).toBe(expected);
  });
});

describe("who leaves a group", () => {
  it("an open alert whose cause is another one now; one that is over stays", () => {
    const group = { id: "g", cause, channel: "C1", openedAt: after(0), spokeAt: null };
    const members = [member("a"), member("b", otherCause), member("c", { ...otherCause, resolvedAt: after(0) })];
    const { staying, leaving } = partMembers({ group, members });
    expect(staying.map(({ alert }) => alert.id)).toEqual(["a", "c"]);
    expect(leaving.map(({ alert }) => alert.id)).toEqual(["b"]);
  });
});
