import { describe, expect, it } from "vitest";
import { afterFailure } from "../../src/outbox/after-failure.ts";
import type { Alert } from "../../src/alert/alert.ts";
import type { Delivery, Message, MessageBody, Owed, Shown } from "../../src/outbox/message.ts";
import type { DeliveryFailure } from "../../src/outbox/notifier.ts";
import { aRenewal } from "../store/contract/states.ts";
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

describe("the step after a failed call", () => {
  it.each<Row>([
    ["a deleted message is posted again", home([lives(a)], [owes("a 2 content")]), gone, "again"],
    ["a deleted list is decided again", list("escalation", { ref: { channel: "C9", ts: "1" } }), gone, "again"],
    [
      "a deleted message in an old channel is abandoned",
      home([lives(moved(a))], [owes("a 2 content")]),
      gone,
      "abandon a",
    ],
    ["an old channel that refuses is abandoned", home([lives(moved(a))], [owes("a 2 content")]), refused, "abandon a"],
    [
      "of a group, only alerts with another channel are abandoned",
      home([lives(a), lives(moved(b))], [owes("a 2 content")]),
      refused,
      "abandon b",
    ],
    [
      "resolved alerts that owe nothing are not abandoned",
      home([lives(a), lives({ ...moved(b), ...over })], [owes("a 2 content")], { failures: 0 }),
      refused,
      "retry 60 s",
    ],
    ["an outage of Slack moves no alert", home([lives(moved(a))], [owes("a 2 content")]), away, "retry 0 s"],
    [
      "an outage of Slack adds no delay to the message, because its channel rests",
      home([lives(a)], [owes("a 2 content")], { failures: 4 }),
      away,
      "retry 0 s",
    ],
    ["a rate limit sets the delay", home([lives(a)], [owes("a 2 content")]), limited(90_000), "retry 90 s"],
    [
      "a rate limit delays by at most an hour",
      home([lives(a)], [owes("a 2 content")]),
      limited(9 * HOUR),
      "retry 3600 s",
    ],
    [
      "a first refusal is only retried",
      home([lives(unaccepted(a))], [owes("a 1 joined")], none),
      refused,
      "retry 60 s",
    ],
    [
      "a second refusal is announced in the fallback channel and starts the wait for escalation",
      home([lives(unaccepted(a))], [owes("a 1 joined")], { ...none, failures: 1 }),
      refused,
      "retry 120 s; C9: a; told a/1/joined; accepted a",
    ],
    [
      "retries after refusals are at most an hour apart",
      home([lives(a)], [owes("a 2 content")], { failures: 40 }),
      refused,
      "retry 3600 s",
    ],
    [
      "a reply with a notice is announced",
      home([lives(a)], [owes("a 2 worse", { notice: true })], { failures: 1 }),
      refused,
      "retry 120 s; C9: a; told a/2/worse",
    ],
    [
      "an end is announced",
      home([lives({ ...a, ...over })], [owes("a 2 recovered")], { failures: 1 }),
      refused,
      "retry 120 s; C9: a; told a/2/recovered",
    ],
    [
      "a reply without a notice is not announced",
      home([lives(a)], [owes("a 2 better")], { failures: 1 }),
      refused,
      "retry 120 s",
    ],
    ["an edit is not announced", home([lives(a)], [owes("a 2 content")], { failures: 1 }), refused, "retry 120 s"],
    [
      "nothing is announced twice",
      home([lives(a)], [owes("a 1 joined", { toldElsewhere: true })], { ...none, failures: 2 }),
      refused,
      "retry 240 s",
    ],
    [
      "all new alerts of a group are one list",
      home([lives(a), lives(b)], [owes("a 1 joined"), owes("b 1 joined")], { ...none, failures: 1 }),
      refused,
      "retry 120 s; C9: a+b; told a/1/joined b/1/joined",
    ],
    [
      "rows that newer rows replace are dropped",
      home([lives(a)], [owes("a 2 content"), owes("a 3 content"), owes("a 2 reminder"), owes("a 3 reminder")], {
        failures: 0,
      }),
      refused,
      "retry 60 s; drops a/2/content a/2/reminder",
    ],
    [
      "an escalation tries its next route at once",
      list("escalation", { routes: ["C8", "U1", "C1"] }),
      refused,
      "reroute U1 C1",
    ],
    [
      "an escalation retries its last route",
      list("escalation", { routes: ["C1"], failures: 1 }),
      refused,
      "retry 120 s",
    ],
    [
      "an escalation that is posted is retried",
      list("escalation", { ref: { channel: "C8", ts: "1" }, routes: ["C8", "U1"] }),
      refused,
      "retry 60 s",
    ],
    [
      "an outage of Slack is no reason for another route",
      list("escalation", { routes: ["C8", "U1"] }),
      away,
      "retry 0 s",
    ],
    [
      "collected reminders are retried",
      aDelivery(
        aMessage("reminders", none),
        [mentioned(a), mentioned(b)],
        [owes("a 2 reminder", { notice: true }), owes("b 2 reminder", { notice: true })],
      ),
      refused,
      "retry 60 s",
    ],
    [
      "collected reminders are announced in the fallback channel after a second refusal",
      aDelivery(
        aMessage("reminders", { ...none, failures: 1 }),
        [mentioned(a), mentioned(b)],
        [owes("a 2 reminder", { notice: true }), owes("b 2 reminder", { notice: true })],
      ),
      refused,
      "retry 120 s; C9: a+b; told a/2/reminder b/2/reminder",
    ],
    ["a digest is retried", aDelivery(aMessage("digest", none), [], [owes("- 0 joined")]), refused, "retry 60 s"],
    [
      "a refusal of the fallback channel sends each owner their own alerts",
      list("fallback", { routes: ["C9"] }, fallback),
      refused,
      "retry 60 s; U1: a; U2: b; drops a/1/joined b/1/joined",
    ],
    [
      "a list for an unreachable owner is retried",
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
  ])("counts refusals, but no outages and rate limits: %j", (failure, isRefused) => {
    const rules = { fallbackChannel: "C9", newId: () => "n" };
    const after = afterFailure(list("escalation", { routes: ["C1"] }), failure, "", NOW, rules);
    expect(after).toMatchObject({ kind: "retry", isRefused });
  });

  it("sends each owner their own alerts without a fallback channel", () => {
    const both = home([lives(a), lives(b)], [owes("a 1 joined"), owes("b 1 joined")], { ...none, failures: 1 });
    expect(told(both, refused, undefined)).toBe("retry 120 s; U1: a; U2: b; told a/1/joined b/1/joined");
  });

  it("does not announce rows that newer rows or the alert's state replace", () => {
    const taken: Alert = { ...a, acknowledged: { by: "U1", at: NOW } };
    const waiting = [owes("a 2 reminder"), owes("a 3 acknowledged")];
    expect(told(home([lives(taken)], waiting, { failures: 1 }), refused, "C9")).toBe("retry 120 s; drops a/2/reminder");
    const openAgain = [owes("a 2 recovered"), owes("a 3 content")];
    expect(told(home([lives(a)], openAgain, { failures: 1 }), refused, "C9")).toBe("retry 120 s; drops a/2/recovered");
  });

  it("announces nothing without another channel and without an owner", () => {
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

describe("the step after a failed call for a renewal", () => {
  const card = aCard({ channel: "C1", owner: "U1" });
  const of = (fields: Partial<Message>, owner = "U1"): Delivery => {
    const message = aMessage("renewal", { subject: "renewal-1", routes: ["C1"], ...fields });
    return aDelivery(
      message,
      [],
      [owes("- 1 joined")],
      null,
      aRenewal({ card: { ...card, owner: owner === "" ? undefined : owner } }),
    );
  };

  it.each<readonly [string, Delivery, DeliveryFailure, string | undefined, string]>([
    ["its channel refuses it", of(none), refused, "C9", "retry 60 s"],
    [
      "its channel refuses it again: the fallback channel",
      of({ ...none, failures: 1 }),
      refused,
      "C9",
      "reroute C9 U1",
    ],
    ["… without a fallback channel: the owner", of({ ...none, failures: 1 }), refused, undefined, "reroute U1"],
    ["… with neither: it waits", of({ ...none, failures: 1 }, ""), refused, undefined, "retry 120 s"],
    ["Slack is away again", of({ ...none, failures: 1 }), away, "C9", "retry 0 s"],
    ["the fallback channel refuses it too", of({ ...none, routes: ["C9", "U1"] }), refused, "C9", "reroute U1"],
    ["the owner refuses it again", of({ ...none, routes: ["U1"], failures: 1 }), refused, "C9", "retry 120 s"],
    ["it was deleted", of({}), gone, "C9", "again"],
    ["an edit is refused", of({}), refused, "C9", "retry 60 s"],
    ["an edit is refused again: it is posted anew", of({ failures: 1 }), refused, "C9", "abandon"],
    ["… with no other place: it waits", of({ failures: 1 }, ""), refused, undefined, "retry 120 s"],
    [
      "… in the fallback channel: it waits",
      of({ failures: 1, ref: { channel: "C9", ts: "1.0" } }),
      refused,
      "C9",
      "retry 120 s",
    ],
  ])("when %s", (_what, delivery, failure, fallbackChannel, expected) => {
    expect(told(delivery, failure, fallbackChannel).trim()).toBe(expected);
  });
});
