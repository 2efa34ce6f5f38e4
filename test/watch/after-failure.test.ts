import { describe, expect, it } from "vitest";
import { afterFailure } from "../../src/watch/after-failure.ts";
import type { Alert } from "../../src/watch/alert.ts";
import type { Delivery, Message, MessageBody, Owed, Shown } from "../../src/watch/message.ts";
import type { DeliveryFailure } from "../../src/watch/notifier.ts";
import { aCard, NOW } from "../support/builders.ts";
import { aDelivery, aMessage, aRevoked, HOUR, lives, mentioned, owes } from "./a-delivery.ts";

const refused: DeliveryFailure = { kind: "refused", error: "not_in_channel" };
const away: DeliveryFailure = { kind: "away", error: "Slack did not answer" };
const gone: DeliveryFailure = { kind: "message_gone", error: "message_not_found" };
const limited = (retryAfterMs: number): DeliveryFailure => ({ kind: "rate_limited", retryAfterMs });

const none = { ref: null, spokeAt: null } as const;
const over = { resolvedAt: NOW } as const;
const moved = (alert: Alert): Alert => ({ ...alert, card: { ...alert.card, channel: "C2" } });
const ownedBy = (owner: string | undefined, alert: Alert): Alert => ({
  ...alert,
  card: aCard({ ...alert.card, owner }),
});
const [a, b] = [ownedBy("U1", aRevoked("a")), ownedBy("U2", aRevoked("b"))];
const unaccepted = (alert: Alert): Alert => ({ ...alert, acceptedAt: null });
const fallback: MessageBody = { kind: "fallback", channel: "C1", error: "not_in_channel" };

/** The next step as text: "retry 60 s", "abandon a", "reroute U1", "retry 60 s; C9: a+b (told a/1/joined); drops x". */
const told = (delivery: Delivery, failure: DeliveryFailure, fallbackChannel: string | undefined): string => {
  let ids = 0;
  const after = afterFailure(delivery, failure, "Slack's word", NOW, { fallbackChannel, newId: () => `n${++ids}` });
  switch (after.kind) {
    case "again":
      return "again";
    case "abandon":
      return `abandon ${after.alerts.join("+")}`;
    case "reroute":
      return `reroute ${after.routes.join(" ")}`;
    case "retry":
      return [
        `retry ${(after.at.getTime() - NOW.getTime()) / 1_000} s`,
        ...after.messages.map(({ routes, alerts }) => `${routes.join(" ")}: ${alerts.join("+")}`),
        ...(after.toldElsewhere.length > 0 ? [`told ${after.toldElsewhere.join(" ")}`] : []),
        ...(after.accepted.length > 0 ? [`accepted ${after.accepted.join("+")}`] : []),
        ...(after.drops.length > 0 ? [`drops ${after.drops.join(" ")}`] : []),
      ].join("; ");
  }
};

type Row = readonly [string, Delivery, DeliveryFailure, string];

const home = (alerts: readonly Shown[], owed: readonly Owed[], fields: Partial<Message> = {}): Delivery =>
  aDelivery(aMessage(alerts.length > 1 ? "group" : "alert", { subject: "a", ...fields }), alerts, owed);
const list = (kind: Message["kind"], fields: Partial<Message>, body: MessageBody | null = null): Delivery =>
  aDelivery(
    aMessage(kind, { ...none, ...fields }),
    [mentioned(a), mentioned(b)],
    [owes("a 1 joined"), owes("b 1 joined")],
    body,
  );

describe("what follows a failed call", () => {
  it.each<Row>([
    ["a message that is gone is posted anew", home([lives(a)], [owes("a 2 content")]), gone, "again"],
    [
      "a list that is gone is asked about again",
      list("escalation", { ref: { channel: "C9", ts: "1" } }),
      gone,
      "again",
    ],
    [
      "a message that is gone from its old channel is given up",
      home([lives(moved(a))], [owes("a 2 content")]),
      gone,
      "abandon a",
    ],
    ["an old channel that refuses is given up", home([lives(moved(a))], [owes("a 2 content")]), refused, "abandon a"],
    [
      "of a group only those are given up that belong elsewhere",
      home([lives(a), lives(moved(b))], [owes("a 2 content")]),
      refused,
      "abandon b",
    ],
    [
      "not those that are over and owe nothing",
      home([lives(a), lives({ ...moved(b), ...over })], [owes("a 2 content")], { failures: 0 }),
      refused,
      "retry 60 s",
    ],
    ["Slack's own trouble moves nobody", home([lives(moved(a))], [owes("a 2 content")]), away, "retry 0 s"],
    [
      "Slack away rests the channel; the message itself waits for nothing",
      home([lives(a)], [owes("a 2 content")], { failures: 4 }),
      away,
      "retry 0 s",
    ],
    ["a rate limit says how long", home([lives(a)], [owes("a 2 content")]), limited(90_000), "retry 90 s"],
    ["but never longer than an hour", home([lives(a)], [owes("a 2 content")]), limited(9 * HOUR), "retry 3600 s"],
    ["a first refusal may pass", home([lives(unaccepted(a))], [owes("a 1 joined")], none), refused, "retry 60 s"],
    [
      "a second one is told in the fallback channel, and escalation may begin",
      home([lives(unaccepted(a))], [owes("a 1 joined")], { ...none, failures: 1 }),
      refused,
      "retry 120 s; C9: a; told a/1/joined; accepted a",
    ],
    [
      "refusals come at most an hour apart",
      home([lives(a)], [owes("a 2 content")], { failures: 40 }),
      refused,
      "retry 3600 s",
    ],
    [
      "a word that people must notice is told",
      home([lives(a)], [owes("a 2 worse", { notice: true })], { failures: 1 }),
      refused,
      "retry 120 s; C9: a; told a/2/worse",
    ],
    [
      "an end is told",
      home([lives({ ...a, ...over })], [owes("a 2 recovered")], { failures: 1 }),
      refused,
      "retry 120 s; C9: a; told a/2/recovered",
    ],
    [
      "a word for the thread alone is not",
      home([lives(a)], [owes("a 2 better")], { failures: 1 }),
      refused,
      "retry 120 s",
    ],
    ["an edit is not", home([lives(a)], [owes("a 2 content")], { failures: 1 }), refused, "retry 120 s"],
    [
      "nothing is told twice",
      home([lives(a)], [owes("a 1 joined", { toldElsewhere: true })], { ...none, failures: 2 }),
      refused,
      "retry 240 s",
    ],
    [
      "of a group all that is new is one list",
      home([lives(a), lives(b)], [owes("a 1 joined"), owes("b 1 joined")], { ...none, failures: 1 }),
      refused,
      "retry 120 s; C9: a+b; told a/1/joined b/1/joined",
    ],
    [
      "rows that newer ones replace go",
      home([lives(a)], [owes("a 2 content"), owes("a 3 content"), owes("a 2 reminder"), owes("a 3 reminder")], {
        failures: 0,
      }),
      refused,
      "retry 60 s; drops a/2/content a/2/reminder",
    ],
    [
      "an escalation goes on to the next route at once",
      list("escalation", { routes: ["C8", "U1", "C1"] }),
      refused,
      "reroute U1 C1",
    ],
    ["its last route is tried again", list("escalation", { routes: ["C1"], failures: 1 }), refused, "retry 120 s"],
    [
      "one that Slack has is tried again",
      list("escalation", { ref: { channel: "C8", ts: "1" }, routes: ["C8", "U1"] }),
      refused,
      "retry 60 s",
    ],
    ["Slack away is no reason for another route", list("escalation", { routes: ["C8", "U1"] }), away, "retry 0 s"],
    [
      "gathered reminders are tried again",
      aDelivery(
        aMessage("reminders", none),
        [mentioned(a), mentioned(b)],
        [owes("a 2 reminder", { notice: true }), owes("b 2 reminder", { notice: true })],
      ),
      refused,
      "retry 60 s",
    ],
    [
      "a channel that refuses them again: they are told in the fallback channel",
      aDelivery(
        aMessage("reminders", { ...none, failures: 1 }),
        [mentioned(a), mentioned(b)],
        [owes("a 2 reminder", { notice: true }), owes("b 2 reminder", { notice: true })],
      ),
      refused,
      "retry 120 s; C9: a+b; told a/2/reminder b/2/reminder",
    ],
    ["a digest is tried again", aDelivery(aMessage("digest", none), [], [owes("- 0 joined")]), refused, "retry 60 s"],
    [
      "a fallback channel that refuses too: each owner hears of theirs",
      list("fallback", { routes: ["C9"] }, fallback),
      refused,
      "retry 60 s; U1: a; U2: b; drops a/1/joined b/1/joined",
    ],
    [
      "an owner who cannot be reached is tried again",
      list("fallback", { routes: ["U1"] }, fallback),
      refused,
      "retry 60 s; U2: b; drops b/1/joined",
    ],
  ])("%s", (_, delivery, failure, expected) => {
    expect(told(delivery, failure, "C9")).toBe(expected);
  });

  it.each<[DeliveryFailure, boolean]>([
    [refused, true],
    [gone, true],
    [away, false],
    [limited(90_000), false],
  ])("counts a refusal, not that Slack is away or busy: %j", (failure, isRefused) => {
    const rules = { fallbackChannel: "C9", newId: () => "n" };
    const after = afterFailure(list("escalation", { routes: ["C1"] }), failure, "", NOW, rules);
    expect(after).toMatchObject({ kind: "retry", isRefused });
  });

  it("sends each owner their own alerts without a fallback channel", () => {
    const both = home([lives(a), lives(b)], [owes("a 1 joined"), owes("b 1 joined")], { ...none, failures: 1 });
    expect(told(both, refused, undefined)).toBe("retry 120 s; U1: a; U2: b; told a/1/joined b/1/joined");
  });

  it("tells nobody elsewhere of what newer rows or the alert itself made needless", () => {
    const taken: Alert = { ...a, acknowledged: { by: "U1", at: NOW } };
    const waiting = [owes("a 2 reminder"), owes("a 3 acknowledged")];
    expect(told(home([lives(taken)], waiting, { failures: 1 }), refused, "C9")).toBe("retry 120 s; drops a/2/reminder");
    const openAgain = [owes("a 2 recovered"), owes("a 3 content")];
    expect(told(home([lives(a)], openAgain, { failures: 1 }), refused, "C9")).toBe("retry 120 s; drops a/2/recovered");
  });

  it("tells nobody where there is nobody to tell", () => {
    const lonely = home([lives(ownedBy(undefined, a))], [owes("a 1 joined")], { ...none, failures: 1 });
    expect(told(lonely, refused, undefined)).toBe("retry 120 s");
    expect(told(lonely, refused, "C1")).toBe("retry 120 s");
  });

  it("leaves at most 22 rows of an alert, however often it changes while its channel refuses it", () => {
    const changes = Array.from({ length: 1_000 }, (_, index) => [
      owes(`a ${index + 2} content`),
      owes(`a ${index + 2} worse`),
      owes(`a ${index + 2} reminder`),
    ]).flat();
    const owed = [owes("a 1 joined"), ...changes];
    const after = afterFailure(home([lives(a)], owed, none), refused, "", NOW, {
      fallbackChannel: "C9",
      newId: () => "n",
    });
    const left = owed.filter(({ id }) => after.kind === "retry" && !after.drops.includes(id));
    expect(left.length).toBeLessThanOrEqual(22);
    expect(left.length).toBeGreaterThan(20);
  });
});
