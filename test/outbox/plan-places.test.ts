import { describe, expect, it } from "vitest";
import {
  type AlertCandidate,
  type ListCandidate,
  planPlaces,
  type ReminderCandidate,
} from "../../src/outbox/plan-places.ts";
import { after, NOW } from "../support/builders.ts";
import { HOUR } from "./a-delivery.ts";

const candidate = (id: string, fields: Partial<AlertCandidate> = {}): AlertCandidate => ({
  id,
  cause: "revoked",
  channel: "C1",
  home: "none",
  group: null,
  ...fields,
});
const many = (count: number, fields: Partial<AlertCandidate> = {}, name = "a"): readonly AlertCandidate[] =>
  Array.from({ length: count }, (_, i) => candidate(`${name}${i + 1}`, fields));
const own = { home: "own" } as const;
const posted = { home: "settled" } as const;
const member = { home: "settled", group: "g0" } as const;
const alone = (...ids: readonly string[]): readonly string[] => ids.map((id, index) => `new${index + 1} alone: ${id}`);

const plan = (parts: Partial<Parameters<typeof planPlaces>[0]>, mayJoin: (group: string) => boolean = () => true) => {
  let ids = 0;
  const rules = { now: NOW, newId: () => `new${++ids}`, mayJoin, repeatCriticalMs: 4 * HOUR };
  return planPlaces({ alerts: [], lists: [], reminders: [], ...parts }, rules);
};
const places = (alerts: readonly AlertCandidate[], mayJoin?: (group: string) => boolean): readonly string[] =>
  plan({ alerts }, mayJoin).places.map((place) =>
    place.kind === "alert"
      ? `${place.message} alone: ${place.alert}`
      : `${place.message} ${place.cause} ${place.channel}: ${place.alerts.join(" ")}`,
  );

describe("the message that shows an alert", () => {
  it.each<[string, readonly AlertCandidate[], readonly string[]]>([
    ["without alerts there is no message", [], []],
    ["a single alert has its own message", many(1), alone("a1")],
    ["four alerts of one cause have their own messages", many(4), alone("a1", "a2", "a3", "a4")],
    ["five alerts of one cause make a group", many(5), ["new1 revoked C1: a1 a2 a3 a4 a5"]],
    ["posted alerts keep their message, and count", [...many(3, posted, "b"), ...many(2)], ["new1 revoked C1: a1 a2"]],
    ["alerts with an unsent message move", [...many(4, own, "b"), ...many(1)], ["new1 revoked C1: b1 b2 b3 b4 a1"]],
    ["a single new alert gets its own message, which says more", [...many(5, posted, "b"), ...many(1)], alone("a1")],
    [
      "the seventh alert starts a group, even when alerts come one by one",
      [...many(6, posted, "b"), ...many(1)],
      ["new1 revoked C1: a1"],
    ],
    ["five posted alerts stay as they are", many(5, posted), []],
    ["four alerts with an unsent message stay as they are", many(4, own), []],
    ["one more alert joins the open group", [...many(1, member, "b"), ...many(1)], ["g0 revoked C1: a1"]],
    ["a group without new alerts stays as it is", many(7, member), []],
    [
      "alerts without a cause have their own messages",
      many(6, { cause: null }),
      alone("a1", "a2", "a3", "a4", "a5", "a6"),
    ],
    [
      "alerts of other channels do not count",
      [...many(4), ...many(4, { channel: "C2" }, "b")],
      alone("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4"),
    ],
    [
      "a group in another channel gets no alert, because the configuration moved its members",
      [...many(1, { ...posted, channel: "C1" }, "b"), ...many(1)],
      alone("a1"),
    ],
    [
      "each cause and channel has its own group",
      [...many(5), ...many(5, { channel: "C2" }, "b"), ...many(5, { cause: "misconfigured" }, "c")],
      ["new1 revoked C1: a1 a2 a3 a4 a5", "new2 revoked C2: b1 b2 b3 b4 b5", "new3 misconfigured C1: c1 c2 c3 c4 c5"],
    ],
  ])("%s", (_, alerts, expected) => {
    expect(places(alerts)).toEqual(expected);
  });

  it("lets alerts wait while their group may not change", () => {
    expect(places([...many(1, member, "b"), ...many(2)], () => false)).toEqual([]);
    expect(places([...many(1, member, "b"), ...many(1, { cause: "other" })], () => false)).toEqual(alone("a1"));
  });
});

const list = (message: string, kind: ListCandidate["kind"], routes: readonly string[], at: number): ListCandidate => ({
  message,
  kind,
  routes,
  body: kind === "fallback" ? "C1 refuses" : null,
  createdAt: after(at),
});

describe("the merge of unsent lists", () => {
  it("merges lists of one kind for one route into the oldest, digests into the latest, and absences never", () => {
    const { merges } = plan({
      lists: [
        list("e2", "escalation", ["C9", "U1"], 2),
        list("e1", "escalation", ["C9", "U1"], 1),
        list("e3", "escalation", ["C9", "U2"], 3),
        list("f1", "fallback", ["C9"], 1),
        list("f2", "fallback", ["C9"], 2),
        { ...list("f3", "fallback", ["C9"], 3), body: "C2 refuses" },
        list("d1", "digest", ["C1"], 1),
        list("d2", "digest", ["C1"], 2),
        list("d3", "digest", ["C2"], 2),
        list("a1", "absence", ["C1"], 1),
        list("a2", "absence", ["C1"], 2),
      ],
    });
    expect(merges).toEqual([
      { from: "e2", into: "e1" },
      { from: "f2", into: "f1" },
      { from: "d1", into: "d2" },
    ]);
  });
});

const reminder = (id: string, message: string, fields: Partial<ReminderCandidate> = {}): ReminderCandidate => ({
  owed: `${id}/2/reminder`,
  alert: id,
  message,
  channel: "C1",
  spokeAt: null,
  ...fields,
});
const spoke = (hours: number) => ({ spokeAt: after(-hours * HOUR) }) as const;

describe("reminders that become one message", () => {
  it.each<[string, readonly ReminderCandidate[], readonly ListCandidate[], ReturnType<typeof plan>["reminders"]]>([
    ["no reminders", [], [], []],
    ["a single reminder stays in its thread", [reminder("a", "m1")], [], []],
    ["two reminders of one group stay in its thread", [reminder("a", "m1"), reminder("b", "m1")], [], []],
    [
      "two reminders of two messages become one message",
      [reminder("a", "m1"), reminder("b", "m2")],
      [],
      [{ message: "new1", channel: "C1", owed: ["a/2/reminder", "b/2/reminder"] }],
    ],
    [
      "two reminders in two channels stay in their threads",
      [reminder("a", "m1"), reminder("b", "m2", { channel: "C2" })],
      [],
      [],
    ],
    [
      "reminders of a group that notified half an interval ago are included",
      [reminder("a", "m1"), reminder("b", "g1", spoke(2)), reminder("c", "g1", spoke(2))],
      [],
      [{ message: "new1", channel: "C1", owed: ["a/2/reminder", "b/2/reminder", "c/2/reminder"] }],
    ],
    [
      "reminders of a group that notified later stay with it, so there is no second message",
      [reminder("a", "m1"), reminder("b", "g1", spoke(1.9))],
      [],
      [],
    ],
    [
      "reminders of a group that notified later join no waiting message",
      [reminder("a", "m1"), reminder("b", "g1", spoke(0))],
      [list("r1", "reminders", ["C1"], 1)],
      [{ message: "r1", channel: "C1", owed: ["a/2/reminder"] }],
    ],
    [
      "reminders of a group that notified in the future are included, because the clock was set back",
      [reminder("a", "m1"), reminder("b", "g1", spoke(-1))],
      [],
      [{ message: "new1", channel: "C1", owed: ["a/2/reminder", "b/2/reminder"] }],
    ],
    [
      "one more reminder joins a waiting message",
      [reminder("a", "m1")],
      [list("r1", "reminders", ["C1"], 1)],
      [{ message: "r1", channel: "C1", owed: ["a/2/reminder"] }],
    ],
  ])("%s", (_, reminders, lists, expected) => {
    expect(plan({ reminders, lists }).reminders).toEqual(expected);
  });
});
