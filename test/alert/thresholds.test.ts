import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/token/verdict.ts";
import { NEW_WATCH, type WatchState, type Reply } from "../../src/alert/alert.ts";
import type { AlertRules } from "../../src/alert/alert-rules.ts";
import { transition } from "../../src/alert/transition.ts";
import {
  NO_ESCALATION,
  aCard,
  aFinding,
  after,
  anExpiring,
  aPolicy,
  aVerdict,
  durations,
  NOW,
} from "../support/builders.ts";

const DAY = 86_400_000;
const END = after(30 * DAY);

const rules: AlertRules = {
  card: aCard(),
  policy: aPolicy(),
  unknownAfterMs: DAY / 24,
  repeatCriticalMs: DAY,
  escalation: NO_ESCALATION,
  newId: () => "alert-new",
};

/** Applies verdicts one after the other. Returns the change of each, and all replies. */
const follow = (verdicts: readonly Verdict[], from: WatchState = NEW_WATCH, by: AlertRules = rules) => {
  let state = from;
  const words: Reply[] = [];
  const changes = verdicts.map((verdict) => {
    const step = transition(state, verdict, NOW, by);
    state = step.state;
    words.push(...step.replies);
    return "reason" in step.change ? step.change.reason : step.change.kind;
  });
  return { state, changes, words };
};

describe("an expiring alert", () => {
  it("sends a message when it opens, a reply at each nearer threshold, and nothing in between", () => {
    const steps = ["30d", "30d", "14d", "14d", "7d", "3d", "1d", "1d"].map((text) => anExpiring(text, END));
    expect(follow(steps).changes).toEqual(["first", "none", "worse", "none", "worse", "worse", "worse", "none"]);
  });

  it("counts passed thresholds as announced when it opens late", () => {
    expect(follow([anExpiring("7d", END)]).state.told).toEqual({
      fingerprint: "aaaaaaaaaaaa",
      thresholds: ["30d", "14d", "7d"],
    });
  });

  it("announces a later expiry, and then no threshold a second time", () => {
    const steps = [anExpiring("7d", END), anExpiring("14d", after(40 * DAY)), anExpiring("7d", END)];
    expect(follow(steps).changes).toEqual(["first", "better", "edit"]);
  });

  it("does not announce the shortest threshold a second time either, although it is critical", () => {
    const steps = [anExpiring("1d", END), anExpiring("3d", after(32 * DAY)), anExpiring("1d", END)];
    expect(follow(steps).changes).toEqual(["first", "better", "edit"]);
  });

  it("does not open a new alert at a threshold that was announced for this token", () => {
    const { state } = follow([anExpiring("7d", END), aVerdict()]);
    const long = { ...state, alert: null };
    expect(follow([anExpiring("7d", END), anExpiring("3d", END)], long).changes).toEqual(["none", "first"]);
  });

  it("reopens a recently resolved alert without a reply, and announces the next threshold", () => {
    const steps = [anExpiring("7d", END), aVerdict(), anExpiring("7d", END), anExpiring("3d", END)];
    expect(follow(steps).changes).toEqual(["first", "recovered", "reopened", "worse"]);
  });

  it("a threshold that was not announced opens a new alert, also right after another was resolved", () => {
    const steps = [anExpiring("7d", END), aVerdict(), anExpiring("3d", END)];
    expect(follow(steps).changes).toEqual(["first", "recovered", "first"]);
  });

  it("opens again when the old token comes back after a replacement", () => {
    const steps = [anExpiring("7d", END), aVerdict({ token: { fingerprint: "bbbbbbbbbbbb" } }), anExpiring("7d", END)];
    expect(follow(steps).changes).toEqual(["first", "rotated", "first"]);
  });

  it("opens for another token at the same threshold", () => {
    const next = anExpiring("7d", END, { token: { fingerprint: "bbbbbbbbbbbb" } });
    expect(follow([anExpiring("7d", END), aVerdict(), next]).changes).toEqual(["first", "recovered", "first"]);
  });

  it("an announced threshold does not silence a worse state", () => {
    const both = anExpiring("7d", END, { findings: [aFinding("scope_missing")] });
    const told = { fingerprint: "aaaaaaaaaaaa", thresholds: ["30d", "14d", "7d"] };
    expect(follow([both], { ...NEW_WATCH, told }).changes).toEqual(["first"]);
  });

  it("an announced threshold turns a warning into an expiring alert without a reply", () => {
    const told = { fingerprint: "aaaaaaaaaaaa", thresholds: ["30d", "14d", "7d"] };
    const unknown = { ...aVerdict(), state: "unknown" } as const;
    const failure = { kind: "unreadable", message: "gone", retryAfterMs: null, evidence: null } as const;
    const twice = { ...unknown, failure };
    const { state, changes } = follow([twice, twice, anExpiring("7d", END)], { ...NEW_WATCH, told });
    expect(changes).toEqual(["none", "not_checked", "edit"]);
    expect(state.alert).toMatchObject({ kind: "problem", failing: null });
  });

  it("an expiry that a changed policy makes critical is announced once", () => {
    const open = follow([anExpiring("7d", END)]).state;
    const sharp = anExpiring("7d", END, { findings: [] });
    const critical = { ...sharp, findings: [aFinding("expires_soon", { severity: "critical" })] };
    const only7d = { ...rules, policy: aPolicy({ warnAt: durations("7d") }) };
    const { state, changes } = follow([critical, critical], open, only7d);
    expect(changes).toEqual(["edit", "none"]);
    expect(state.alert?.severity).toBe("critical");
  });

  it("adds a reply on the day before the expiry when no threshold is one day", () => {
    const policy = aPolicy({ warnAt: durations("7d", "3d") });
    const at = (days: number, threshold: string): Verdict => ({
      ...anExpiring(threshold, END),
      checkedAt: new Date(END.getTime() - days * DAY),
    });
    const steps = [at(7, "7d"), at(3, "3d"), at(1.1, "3d"), at(1, "3d"), at(0.5, "3d")];
    const { changes, words } = follow(steps, NEW_WATCH, { ...rules, policy });
    expect(changes).toEqual(["first", "worse", "none", "last_day", "none"]);
    expect(words.at(-1)).toMatchObject({ reason: "last_day", notice: true });
  });

  it("the last day clears an acknowledgement and a snooze, as a threshold does", () => {
    const policy = aPolicy({ warnAt: durations("7d") });
    const open = follow([anExpiring("7d", END)], NEW_WATCH, { ...rules, policy }).state;
    const by = { by: "U0000000001", at: NOW };
    const answered = {
      ...open.alert,
      acknowledged: by,
      snoozed: { ...by, until: END, reason: "" },
    } as typeof open.alert;
    const last = { ...anExpiring("7d", END), checkedAt: new Date(END.getTime() - DAY) };
    const { state } = follow([last], { ...open, alert: answered }, { ...rules, policy });
    expect(state.alert).toMatchObject({ acknowledged: null, snoozed: null });
  });

  it("is not repeated, however long nobody answers", () => {
    const critical = anExpiring("1d", END);
    const open = follow([critical]).state;
    expect(transition(open, critical, after(10 * DAY), rules).change).toEqual({ kind: "none" });
  });

  it("is announced in time even after a clock that was ahead announced it too early", () => {
    const at = (daysLeft: number, verdict: Verdict): Verdict => ({
      ...verdict,
      checkedAt: new Date(END.getTime() - daysLeft * DAY),
    });
    const fine = at(60, aVerdict({ token: { expiry: { kind: "at", at: END } } }));
    const steps = [
      at(29, anExpiring("30d", END)),
      fine,
      at(30, anExpiring("30d", END)),
      at(14, anExpiring("14d", END)),
    ];
    expect(follow(steps).changes).toEqual(["first", "recovered", "first", "worse"]);
  });
});
