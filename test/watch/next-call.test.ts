import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/watch/alert.ts";
import type { Message, Owed, Shown } from "../../src/watch/message.ts";
import { type Call, nextCall } from "../../src/watch/next-call.ts";
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
          ...call.words.map(({ alert, word }) => `${alert.id} ${word.reason}`),
          ...(call.joined.length > 0 ? [`new ${names(call.joined)}`] : []),
          ...(call.left.length > 0 ? [`left ${names(call.left)}`] : []),
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
      "is new and got worse meanwhile",
      alert(none),
      [lives(a)],
      [owes("a 1 joined"), owes("a 2 worse"), owes("a 2 content")],
      "post",
    ],
    [
      "is over before it was posted",
      alert(none),
      [lives({ ...a, ...over })],
      [owes("a 1 joined"), owes("a 2 recovered")],
      "post",
    ],
    [
      "was not posted and its alert went elsewhere",
      alert(none),
      [left(a)],
      [owes("a 1 joined"), owes("a 2 left")],
      "forget",
    ],
    ["changed once", alert(), [lives(a)], [owes("a 2 content")], "edit"],
    [
      "changed three times",
      alert(),
      [lives(a)],
      [owes("a 2 content"), owes("a 3 content"), owes("a 4 content")],
      "edit",
    ],
    [
      "changed, and a word says so: first the message",
      alert(),
      [lives(a)],
      [owes("a 2 content"), owes("a 2 worse")],
      "edit | a/2/worse",
    ],
    [
      "has a word that people must notice",
      alert(),
      [lives(a)],
      [owes("a 2 worse", { notice: true })],
      "reply a worse, NOTICE",
    ],
    [
      "has two words: the older one first",
      alert(),
      [lives({ ...a, ...over })],
      [owes("a 3 recovered", { priority: 0 }), owes("a 2 better")],
      "reply a better | a/3/recovered",
    ],
    [
      "got worse and was escalated with one change: worse comes first",
      alert(),
      [lives(a)],
      [owes("a 2 escalated"), owes("a 2 worse")],
      "reply a worse | a/2/escalated",
    ],
    [
      "has two reminders: one is enough",
      alert(),
      [lives(a)],
      [owes("a 2 reminder"), owes("a 3 reminder")],
      "reply a reminder, NOTICE",
    ],
    [
      "has a reminder of what somebody took",
      alert(),
      [lives({ ...a, ...taken })],
      [owes("a 2 reminder"), owes("a 3 acknowledged")],
      "reply a acknowledged",
    ],
    ["has a reminder of what is over", alert(), [lives({ ...a, ...over })], [owes("a 2 reminder")], "forget"],
    ["says that it is fixed though it is open again", alert(), [lives(a)], [owes("a 2 recovered")], "forget"],
    [
      "was fixed, came back and was fixed again: one end",
      alert(),
      [lives({ ...a, ...over })],
      [owes("a 2 recovered"), owes("a 4 recovered")],
      "reply a recovered",
    ],
    ["joined it long ago", alert(), [lives(a)], [owes("a 1 joined")], "forget"],
    ["shows an alert that lives elsewhere now", alert(), [left(a)], [owes("a 2 content")], "edit"],
    ["has a word about an alert that lives elsewhere now", alert(), [left(a)], [owes("a 2 worse")], "forget"],
    ["was deleted in Slack", alert({ ref: null }), [lives(a)], [owes("a 2 content"), owes("a 2 worse")], "post"],
  ])("%s", (_, message, alerts, owed, call) => {
    expect(callFor(message, alerts, owed)).toBe(call);
  });

  it("says the newest twenty of too many words and drops the older ones", () => {
    const words = Array.from({ length: 25 }, (_, index) => owes(`a ${index + 2} worse`));
    const call = nextCall(aDelivery(alert(), [lives(a)], words), now, rules);
    expect(call).toMatchObject({ kind: "reply", words: [{ word: { at: words[5]?.at } }] });
    expect(call?.settles).toEqual(words.slice(0, 6).map(({ id }) => id));
  });
});

const group = (fields: Partial<Message> = {}): Message => aMessage("group", { subject: "dead", ...fields });

describe("the next call for a group", () => {
  it.each<Row>([
    ["is new", group(none), [lives(a), lives(b)], [owes("a 1 joined"), owes("b 1 joined")], "post"],
    ["lost all its alerts before it was posted", group(none), [left(a)], [owes("a 2 left")], "forget"],
    [
      "changed: the message first, the thread later",
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
    ["has a new one soon after the last", group(spoke(10)), [lives(a), lives(b)], [owes("b 1 joined")], "reply new b"],
    ["has a new one that is mild", group(spoke(300)), [lives(a), lives(mild(b))], [owes("b 1 joined")], "reply new b"],
    ["never spoke", group({ spokeAt: null }), [lives(b)], [owes("b 1 joined")], "reply new b, NOTICE"],
    [
      "has a new one that got worse",
      group(spoke(10)),
      [lives(b)],
      [owes("b 1 joined"), owes("b 2 worse", { notice: true })],
      "reply new b",
    ],
    [
      "has a new one that is over already",
      group(spoke(10)),
      [lives({ ...b, ...over })],
      [owes("b 1 joined"), owes("b 2 worse"), owes("b 3 recovered")],
      "reply b recovered",
    ],
    ["lost one", group(spoke(10)), [lives(a), left(b)], [owes("b 2 left")], "reply left b"],
    ["lost one that it never told of", group(), [lives(a), left(b)], [owes("b 1 joined"), owes("b 2 left")], "forget"],
    [
      "lost one that came back",
      group(spoke(10)),
      [lives(a), lives(b)],
      [owes("b 2 left"), owes("b 3 joined")],
      "reply new b",
    ],
    [
      "lost one that had got worse",
      group(spoke(10)),
      [lives(a), left(b)],
      [owes("b 2 worse"), owes("b 2 left")],
      "reply left b",
    ],
    [
      "lost one that came back with one and the same change",
      group(spoke(10)),
      [lives(a), lives(b)],
      [owes("b 2 left"), owes("b 2 joined"), owes("b 4 worse")],
      "reply new b",
    ],
    [
      "lost one twice that it had told of once",
      group(spoke(10)),
      [lives(a), left(b)],
      [owes("b 2 left"), owes("b 2 joined"), owes("b 4 left")],
      "reply left b",
    ],
    ["lost its last one", group(), [left(a)], [owes("a 2 content"), owes("a 2 left")], "edit | a/2/left"],
    [
      "has words of many: one reply, the oldest first",
      group(spoke(10)),
      [lives(a), lives({ ...b, ...over })],
      [owes("a 3 better"), owes("b 2 recovered")],
      "reply b recovered, a better",
    ],
    [
      "has two reminders",
      group(spoke(180)),
      [lives(a), lives(b)],
      [owes("a 2 reminder"), owes("b 2 reminder")],
      "reply a reminder, b reminder, NOTICE",
    ],
    [
      "reminds of one: of all that nobody answered",
      group(spoke(180)),
      [lives(a), lives(b)],
      [owes("a 2 reminder")],
      "reply a reminder, b reminder, NOTICE",
    ],
    [
      "reminds of one: not of those that somebody took, or that are over or mild",
      group(spoke(180)),
      [lives(a), lives({ ...b, ...taken }), lives({ ...aRevoked("c"), ...over }), lives(mild(aRevoked("d")))],
      [owes("a 2 reminder")],
      "reply a reminder, NOTICE",
    ],
    ["was heard lately, so its reminder is not needed", group(spoke(60)), [lives(a)], [owes("a 2 reminder")], "forget"],
    [
      "was heard in the future: the clock was set back",
      group(spoke(-60)),
      [lives(a)],
      [owes("a 2 reminder")],
      "reply a reminder, NOTICE",
    ],
    [
      "has one that came back and lasts, soon after another",
      group(spoke(10)),
      [lives(a)],
      [owes("a 2 lasts", { notice: true })],
      "reply a lasts",
    ],
    [
      "has one that came back and lasts",
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
      "an escalation that somebody answered is not sent",
      aMessage("escalation", none),
      [mentioned({ ...a, ...taken })],
      [owes("a 2 joined"), owes("a 3 content")],
      "forget",
    ],
    [
      "an escalation of what is over is not sent",
      aMessage("escalation", none),
      [mentioned({ ...a, ...over })],
      [owes("a 2 joined"), owes("a 3 recovered")],
      "forget",
    ],
    [
      "an escalation with one that waits is sent",
      aMessage("escalation", none),
      [mentioned({ ...a, ...taken }), mentioned(b)],
      [owes("a 2 joined"), owes("b 2 joined")],
      "post",
    ],
    [
      "an escalation is answered: the message first",
      aMessage("escalation"),
      [mentioned({ ...a, ...taken })],
      [owes("a 3 content"), owes("a 3 acknowledged")],
      "edit | a/3/acknowledged",
    ],
    [
      "and then its thread",
      aMessage("escalation"),
      [mentioned({ ...a, ...taken })],
      [owes("a 3 acknowledged")],
      "reply a acknowledged",
    ],
    [
      "an escalation that somebody deleted stays away",
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
      "reminders of two",
      aMessage("reminders", none),
      [mentioned(a), mentioned(b)],
      [owes("a 2 reminder"), owes("b 2 reminder")],
      "post",
    ],
    [
      "reminders of what somebody took meanwhile",
      aMessage("reminders", none),
      [mentioned({ ...a, ...taken })],
      [owes("a 2 reminder")],
      "forget",
    ],
    [
      "reminders that somebody deleted",
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
