import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/alert/alert.ts";
import type { Message, Owed, Shown } from "../../src/outbox/message.ts";
import { type Call, nextCall } from "../../src/outbox/next-call.ts";
import type { RenewalEntry } from "../../src/renewal/audit.ts";
import { aLine, aRenewal, aStepLine } from "../store/contract/states.ts";
import { after, NOW } from "../support/builders.ts";
import { aDelivery, aMessage, aRevoked, HOUR, left, lives, mentioned, MINUTE, owes } from "./a-delivery.ts";

const now = after(HOUR);
const rules = { repeatCriticalMs: 4 * HOUR };
const a = aRevoked("a");
const b = aRevoked("b");
const over = { resolvedAt: NOW, resolution: "recovered" } as const;
const taken = { acknowledged: { by: "U1", at: NOW } };
const none = { ref: null, spokeAt: null } as const;
const spoke = (minutesAgo: number): Partial<Message> => ({ spokeAt: new Date(now.getTime() - minutesAgo * MINUTE) });
const mild = (alert: Alert): Alert => ({ ...alert, severity: "warning" });

const names = (alerts: readonly Alert[]): string => alerts.map(({ id }) => id).join("+");

/** "post", "edit", "reply a worse, new b, left c, NOTICE", "forget". Owed rows that stay come after a bar. */
const told = (call: Call | undefined, owed: readonly Owed[]): string => {
  if (call === undefined) return "nothing";
  const rest = owed.filter(({ id }) => !call.settles.includes(id)).map(({ id }) => id);
  const said =
    call.kind === "reply"
      ? [
          ...call.replies.map(({ alert, reply: word }) => `${alert.id} ${word.reason}`),
          ...(call.joined.length > 0 ? [`new ${names(call.joined)}`] : []),
          ...(call.left.length > 0 ? [`left ${names(call.left)}`] : []),
          ...call.entries.map(({ event }) => event.kind),
          ...(call.notice ? ["NOTICE"] : []),
        ].join(", ")
      : "";
  return [`${call.kind} ${said}`.trim(), ...rest].join(" | ");
};

type Row = readonly [string, Message, readonly Shown[], readonly Owed[], string];

/** The next call as text. */
const callFor = (message: Message, alerts: readonly Shown[], owed: readonly Owed[]): string =>
  told(nextCall(aDelivery(message, alerts, owed), now, rules), owed);

const alert = (fields: Partial<Message> = {}): Message => aMessage("alert", { subject: "a", ...fields });

describe("the next call for an alert's own message", () => {
  it.each<Row>([
    ["owes nothing", alert(), [lives(a)], [], "nothing"],
    ["is new", alert(none), [lives(a)], [owes("a 1 joined")], "post"],
    [
      "is new and got worse before it was posted",
      alert(none),
      [lives(a)],
      [owes("a 1 joined"), owes("a 2 worse"), owes("a 2 content")],
      "post",
    ],
    [
      "was resolved before it was posted",
      alert(none),
      [lives({ ...a, ...over })],
      [owes("a 1 joined"), owes("a 2 recovered")],
      "post",
    ],
    ["was not posted, and its alert left", alert(none), [left(a)], [owes("a 1 joined"), owes("a 2 left")], "forget"],
    ["changed once", alert(), [lives(a)], [owes("a 2 content")], "edit"],
    [
      "changed three times",
      alert(),
      [lives(a)],
      [owes("a 2 content"), owes("a 3 content"), owes("a 4 content")],
      "edit",
    ],
    [
      "changed, and owes a reply: first the message",
      alert(),
      [lives(a)],
      [owes("a 2 content"), owes("a 2 worse")],
      "edit | a/2/worse",
    ],
    ["owes a reply with a notice", alert(), [lives(a)], [owes("a 2 worse", { notice: true })], "reply a worse, NOTICE"],
    [
      "owes two replies: the older one first",
      alert(),
      [lives({ ...a, ...over })],
      [owes("a 3 recovered", { priority: 0 }), owes("a 2 better")],
      "reply a better | a/3/recovered",
    ],
    [
      "got worse and escalated in one change: worse comes first",
      alert(),
      [lives(a)],
      [owes("a 2 escalated"), owes("a 2 worse")],
      "reply a worse | a/2/escalated",
    ],
    [
      "owes two reminders: one is enough",
      alert(),
      [lives(a)],
      [owes("a 2 reminder"), owes("a 3 reminder")],
      "reply a reminder, NOTICE",
    ],
    [
      "owes a reminder of an acknowledged alert",
      alert(),
      [lives({ ...a, ...taken })],
      [owes("a 2 reminder"), owes("a 3 acknowledged")],
      "reply a acknowledged",
    ],
    ["owes a reminder of a resolved alert", alert(), [lives({ ...a, ...over })], [owes("a 2 reminder")], "forget"],
    ["owes an end, but is open again", alert(), [lives(a)], [owes("a 2 recovered")], "forget"],
    [
      "was fixed, came back and was fixed again: one reply about the end",
      alert(),
      [lives({ ...a, ...over })],
      [owes("a 2 recovered"), owes("a 4 recovered")],
      "reply a recovered",
    ],
    ["joined it long ago", alert(), [lives(a)], [owes("a 1 joined")], "forget"],
    ["shows an alert that lives elsewhere now", alert(), [left(a)], [owes("a 2 content")], "edit"],
    ["owes a reply about an alert that lives elsewhere now", alert(), [left(a)], [owes("a 2 worse")], "forget"],
    ["was deleted in Slack", alert({ ref: null }), [lives(a)], [owes("a 2 content"), owes("a 2 worse")], "post"],
  ])("%s", (_, message, alerts, owed, call) => {
    expect(callFor(message, alerts, owed)).toBe(call);
  });

  it("keeps the newest twenty of too many replies and drops the older ones", () => {
    const words = Array.from({ length: 25 }, (_, index) => owes(`a ${index + 2} worse`));
    const call = nextCall(aDelivery(alert(), [lives(a)], words), now, rules);
    expect(call).toMatchObject({ kind: "reply", replies: [{ reply: { at: words[5]?.at } }] });
    expect(call?.settles).toEqual(words.slice(0, 6).map(({ id }) => id));
  });
});

const group = (fields: Partial<Message> = {}): Message => aMessage("group", { subject: "dead", ...fields });

describe("the next call for a group", () => {
  it.each<Row>([
    ["is new", group(none), [lives(a), lives(b)], [owes("a 1 joined"), owes("b 1 joined")], "post"],
    ["lost all its alerts before it was posted", group(none), [left(a)], [owes("a 2 left")], "forget"],
    [
      "changed: first the message, then the thread",
      group(),
      [lives(a), lives(b)],
      [owes("a 2 content"), owes("b 1 content"), owes("b 1 joined"), owes("a 2 worse")],
      "edit | b/1/joined | a/2/worse",
    ],
    [
      "has a new critical alert after hours",
      group(spoke(300)),
      [lives(a), lives(b)],
      [owes("b 1 joined")],
      "reply new b, NOTICE",
    ],
    [
      "has a new alert soon after the last",
      group(spoke(10)),
      [lives(a), lives(b)],
      [owes("b 1 joined")],
      "reply new b",
    ],
    ["has a new warning", group(spoke(300)), [lives(a), lives(mild(b))], [owes("b 1 joined")], "reply new b"],
    ["never notified people", group({ spokeAt: null }), [lives(b)], [owes("b 1 joined")], "reply new b, NOTICE"],
    [
      "has a new alert that got worse",
      group(spoke(10)),
      [lives(b)],
      [owes("b 1 joined"), owes("b 2 worse", { notice: true })],
      "reply new b",
    ],
    [
      "has a new alert that is already resolved",
      group(spoke(10)),
      [lives({ ...b, ...over })],
      [owes("b 1 joined"), owes("b 2 worse"), owes("b 3 recovered")],
      "reply b recovered",
    ],
    ["lost an alert", group(spoke(10)), [lives(a), left(b)], [owes("b 2 left")], "reply left b"],
    [
      "lost an alert that it never announced",
      group(),
      [lives(a), left(b)],
      [owes("b 1 joined"), owes("b 2 left")],
      "forget",
    ],
    [
      "lost an alert that came back",
      group(spoke(10)),
      [lives(a), lives(b)],
      [owes("b 2 left"), owes("b 3 joined")],
      "reply new b",
    ],
    [
      "lost an alert that had got worse",
      group(spoke(10)),
      [lives(a), left(b)],
      [owes("b 2 worse"), owes("b 2 left")],
      "reply left b",
    ],
    [
      "lost an alert that came back in the same change",
      group(spoke(10)),
      [lives(a), lives(b)],
      [owes("b 2 left"), owes("b 2 joined"), owes("b 4 worse")],
      "reply new b",
    ],
    [
      "lost an alert twice that it announced once",
      group(spoke(10)),
      [lives(a), left(b)],
      [owes("b 2 left"), owes("b 2 joined"), owes("b 4 left")],
      "reply left b",
    ],
    ["lost its last alert", group(), [left(a)], [owes("a 2 content"), owes("a 2 left")], "edit | a/2/left"],
    [
      "owes replies about several alerts: one reply, the oldest first",
      group(spoke(10)),
      [lives(a), lives({ ...b, ...over })],
      [owes("a 3 better"), owes("b 2 recovered")],
      "reply b recovered, a better",
    ],
    [
      "owes two reminders",
      group(spoke(180)),
      [lives(a), lives(b)],
      [owes("a 2 reminder"), owes("b 2 reminder")],
      "reply a reminder, b reminder, NOTICE",
    ],
    [
      "owes one reminder: it names all unanswered alerts",
      group(spoke(180)),
      [lives(a), lives(b)],
      [owes("a 2 reminder")],
      "reply a reminder, b reminder, NOTICE",
    ],
    [
      "owes one reminder: it names no acknowledged or resolved alert, and no warning",
      group(spoke(180)),
      [lives(a), lives({ ...b, ...taken }), lives({ ...aRevoked("c"), ...over }), lives(mild(aRevoked("d")))],
      [owes("a 2 reminder")],
      "reply a reminder, NOTICE",
    ],
    [
      "notified people lately, so it drops the reminder",
      group(spoke(60)),
      [lives(a)],
      [owes("a 2 reminder")],
      "forget",
    ],
    [
      "notified people in the future, because the clock was set back",
      group(spoke(-60)),
      [lives(a)],
      [owes("a 2 reminder")],
      "reply a reminder, NOTICE",
    ],
    [
      "has a reopened alert that lasts, soon after another notice",
      group(spoke(10)),
      [lives(a)],
      [owes("a 2 lasts", { notice: true })],
      "reply a lasts",
    ],
    [
      "has a reopened alert that lasts",
      group(spoke(60)),
      [lives(a)],
      [owes("a 2 lasts", { notice: true })],
      "reply a lasts, NOTICE",
    ],
  ])("%s", (_, message, alerts, owed, call) => {
    expect(callFor(message, alerts, owed)).toBe(call);
  });
});

describe("the next call for a list", () => {
  it.each<Row>([
    ["an escalation is new", aMessage("escalation", none), [mentioned(a)], [owes("a 2 joined")], "post"],
    [
      "an escalation of an acknowledged alert is not sent",
      aMessage("escalation", none),
      [mentioned({ ...a, ...taken })],
      [owes("a 2 joined"), owes("a 3 content")],
      "forget",
    ],
    [
      "an escalation of a resolved alert is not sent",
      aMessage("escalation", none),
      [mentioned({ ...a, ...over })],
      [owes("a 2 joined"), owes("a 3 recovered")],
      "forget",
    ],
    [
      "an escalation with one unanswered alert is sent",
      aMessage("escalation", none),
      [mentioned({ ...a, ...taken }), mentioned(b)],
      [owes("a 2 joined"), owes("b 2 joined")],
      "post",
    ],
    [
      "an escalation that was answered: first the message",
      aMessage("escalation"),
      [mentioned({ ...a, ...taken })],
      [owes("a 3 content"), owes("a 3 acknowledged")],
      "edit | a/3/acknowledged",
    ],
    [
      "an escalation that was answered: then its thread",
      aMessage("escalation"),
      [mentioned({ ...a, ...taken })],
      [owes("a 3 acknowledged")],
      "reply a acknowledged",
    ],
    [
      "a deleted escalation is not posted again",
      aMessage("escalation", { ref: null }),
      [mentioned(a)],
      [owes("a 3 content"), owes("a 3 worse")],
      "forget",
    ],
    ["a fallback is new", aMessage("fallback", none), [mentioned(a)], [owes("a 1 joined")], "post"],
    [
      "a fallback of an end is sent",
      aMessage("fallback", none),
      [mentioned({ ...a, ...over })],
      [owes("a 2 joined")],
      "post",
    ],
    [
      "reminders of two alerts",
      aMessage("reminders", none),
      [mentioned(a), mentioned(b)],
      [owes("a 2 reminder"), owes("b 2 reminder")],
      "post",
    ],
    [
      "reminders of alerts that are now acknowledged",
      aMessage("reminders", none),
      [mentioned({ ...a, ...taken })],
      [owes("a 2 reminder")],
      "forget",
    ],
    [
      "reminders that were deleted in Slack",
      aMessage("reminders", { ref: null }),
      [mentioned(a)],
      [owes("a 3 content")],
      "forget",
    ],
    ["a digest is new", aMessage("digest", none), [], [owes("- 0 joined")], "post"],
    ["an absence is new", aMessage("absence", none), [], [owes("- 0 joined")], "post"],
  ])("%s", (_, message, alerts, owed, call) => {
    expect(callFor(message, alerts, owed)).toBe(call);
  });
});

describe("the next call for the message of a renewal", () => {
  const renewal = (fields: Partial<Message> = {}): Message => aMessage("renewal", { subject: "renewal-1", ...fields });
  const line = (revision: number, entry: RenewalEntry = aStepLine()): Owed =>
    owes(`- ${revision} renewal`, { reply: null, entry, notice: entry.event.kind === "waits_a_day" });
  const day = aLine({ event: { kind: "waits_a_day" } });

  it.each<readonly [string, Message, readonly Owed[], string]>([
    ["is new", renewal(none), [owes("- 1 joined")], "post"],
    [
      "is new, and its renewal went on: the thread still gets each step",
      renewal(none),
      [owes("- 1 joined"), owes("- 2 content"), line(2)],
      "post | -/2/renewal",
    ],
    ["was deleted while only a reply was owed", renewal(none), [line(2)], "post"],
    ["changed twice", renewal(), [owes("- 2 content"), owes("- 3 content")], "edit"],
    ["changed, and owes a reply: first the message", renewal(), [owes("- 2 content"), line(2)], "edit | -/2/renewal"],
    ["owes two replies: one at a time, the oldest first", renewal(), [line(3), line(2)], "reply step | -/3/renewal"],
    ["waits for a day", renewal(), [line(2, day)], "reply waits_a_day, NOTICE"],
    ["was posted by a faster courier", renewal(), [owes("- 1 joined")], "forget"],
    ["owes nothing", renewal(), [], "nothing"],
  ])("which %s", (_what, message, owed, expected) => {
    const delivery = aDelivery(message, [], owed, null, aRenewal());
    expect(told(nextCall(delivery, now, rules), owed)).toBe(expected);
  });

  it("drops the oldest of more than 20 replies, because the message shows the rest", () => {
    const owed = Array.from({ length: 22 }, (_, index) => line(index + 1));
    const call = nextCall(aDelivery(renewal(), [], owed, null, aRenewal()), now, rules);
    expect(call?.settles).toEqual(["-/1/renewal", "-/2/renewal", "-/3/renewal"]);
  });

  it("which was deleted from the store is forgotten before its post", () => {
    const owed = [owes("- 1 joined"), line(2)];
    expect(told(nextCall(aDelivery(renewal(none), [], owed), now, rules), owed)).toBe("forget");
  });
});
