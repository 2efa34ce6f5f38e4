import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/token/verdict.ts";
import { type Alert, type Change, NEW_WATCH, type WatchState } from "../../src/alert/alert.ts";
import type { AlertRules } from "../../src/alert/alert-rules.ts";
import { transition } from "../../src/alert/transition.ts";
import {
  NO_ESCALATION,
  aCard,
  aFailure,
  aFinding,
  after,
  anAlert,
  anEscalation,
  anEvidence,
  anExpiring,
  anUnknown,
  aPolicy,
  aVerdict,
  NOW,
} from "../support/builders.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const END = after(6 * DAY);

const rules: AlertRules = {
  card: aCard(),
  policy: aPolicy(),
  unknownAfterMs: HOUR,
  repeatCriticalMs: DAY,
  escalation: NO_ESCALATION,
  newId: () => "alert-new",
};

const dead = (code: "expired" | "revoked" | "invalid") => aVerdict({ findings: [aFinding(code)] });
const degraded = aVerdict({ findings: [aFinding("phone_unreachable", { objects: ["1"] })] });
const other = { fingerprint: "bbbbbbbbbbbb" };

const openOn = (verdict: Verdict, fields: Partial<Alert> = {}): WatchState => ({
  ...NEW_WATCH,
  verdict,
  aliveFingerprint: "aaaaaaaaaaaa",
  alert: anAlert({ verdict, ...fields }),
});

const failing = (tries: number, sinceMs: number, fields = {}) => ({
  failure: aFailure(fields),
  since: after(sinceMs),
  tries,
});

/** A failure because of one of our settings, which Meta's code names. */
const ofSetting = (code: number) =>
  ({ kind: "misconfigured", evidence: anEvidence({ call: "GET /debug_token", code }) }) as const;

const notChecked = (code: number): WatchState =>
  openOn(degraded, { kind: "not_checked", severity: "warning", failing: failing(3, -HOUR, ofSetting(code)) });

const none: Change = { kind: "none" };
const edit: Change = { kind: "edit" };
const update = (reason: "worse" | "better" | "reminder" | "stale"): Change => ({ kind: "update", reason });
const open = (reason: "first" | "not_checked"): Change => ({ kind: "open", reason });
const resolve = (reason: "recovered" | "rotated"): Change => ({ kind: "resolve", reason });

describe("the table of changes", () => {
  const rows: readonly (readonly [string, WatchState, Verdict, Change])[] = [
    ["no alert, healthy", NEW_WATCH, aVerdict(), none],
    ["no alert, warnings that make no state", NEW_WATCH, aVerdict({ findings: [aFinding("not_system_user")] }), none],
    ["no alert, expiring", NEW_WATCH, anExpiring("7d", END), open("first")],
    ["no alert, degraded", NEW_WATCH, degraded, open("first")],
    ["no alert, expired", NEW_WATCH, dead("expired"), open("first")],
    ["no alert, revoked", NEW_WATCH, dead("revoked"), open("first")],
    ["no alert, invalid", NEW_WATCH, dead("invalid"), open("first")],
    ["no alert, a first unknown", NEW_WATCH, anUnknown(), none],
    ["no alert, a third unknown too soon", { ...NEW_WATCH, failing: failing(2, -HOUR + 1) }, anUnknown(), none],
    [
      "no alert, a second unknown after a long time",
      { ...NEW_WATCH, failing: failing(1, -2 * HOUR) },
      anUnknown(),
      none,
    ],
    [
      "no alert, a third unknown after UNKNOWN_AFTER",
      { ...NEW_WATCH, failing: failing(2, -HOUR) },
      anUnknown(),
      open("not_checked"),
    ],
    ["no alert, misconfigured once", NEW_WATCH, anUnknown({ kind: "misconfigured" }), none],
    [
      "no alert, misconfigured twice",
      { ...NEW_WATCH, failing: failing(1, -1, { kind: "misconfigured" }) },
      anUnknown({ kind: "misconfigured" }),
      open("not_checked"),
    ],
    [
      "no alert, unreadable twice",
      { ...NEW_WATCH, failing: failing(1, -1, { kind: "unreadable" }) },
      anUnknown({ kind: "unreadable" }),
      open("not_checked"),
    ],
    ["open, the same warning", openOn(anExpiring("7d", END)), anExpiring("7d", END), none],
    ["open, the same critical finding within a day", openOn(degraded, { spokeAt: after(-DAY + 1) }), degraded, none],
    [
      "open, the same critical finding after a day",
      openOn(degraded, { spokeAt: after(-DAY) }),
      degraded,
      update("reminder"),
    ],
    [
      "open, the same warning after a day",
      openOn(anExpiring("7d", END), { spokeAt: after(-DAY) }),
      anExpiring("7d", END),
      none,
    ],
    [
      "open, a new critical finding",
      openOn(degraded),
      aVerdict({ findings: [...degraded.findings, aFinding("scope_missing")] }),
      update("worse"),
    ],
    [
      "open, the same finding about one more object",
      openOn(degraded),
      aVerdict({ findings: [aFinding("phone_unreachable", { objects: ["1", "2"] })] }),
      update("worse"),
    ],
    [
      "open, one critical finding in place of another",
      openOn(degraded),
      aVerdict({ findings: [aFinding("scope_missing")] }),
      update("worse"),
    ],
    ["open, a nearer threshold", openOn(anExpiring("7d", END)), anExpiring("3d", END), update("worse")],
    ["open, a worse state", openOn(anExpiring("7d", END)), degraded, update("worse")],
    ["open, dead after degraded", openOn(degraded), dead("revoked"), update("worse")],
    [
      "open, fewer findings",
      openOn(aVerdict({ findings: [aFinding("scope_missing"), aFinding("not_system_user")] })),
      aVerdict({ findings: [aFinding("scope_missing")] }),
      update("better"),
    ],
    ["open, a better state", openOn(dead("expired")), anExpiring("7d", END), update("better")],
    [
      "open, a later expiry but not healthy",
      openOn(anExpiring("7d", END)),
      anExpiring("14d", after(12 * DAY)),
      update("better"),
    ],
    [
      "open, a new warning",
      openOn(degraded),
      aVerdict({ findings: [...degraded.findings, aFinding("not_system_user")] }),
      edit,
    ],
    ["open, from invalid to revoked", openOn(dead("invalid")), dead("revoked"), edit],
    ["open, from revoked to expired", openOn(dead("revoked")), dead("expired"), edit],
    [
      "open, another token with the same problem",
      openOn(degraded),
      { ...degraded, token: aVerdict({ token: other }).token },
      edit,
    ],
    ["open, healthy again", openOn(degraded), aVerdict(), resolve("recovered")],
    ["open, healthy with another token", openOn(degraded), aVerdict({ token: other }), resolve("rotated")],
    [
      "open, an expiry beyond every threshold",
      openOn(anExpiring("7d", END)),
      aVerdict({ token: { expiry: { kind: "at", at: after(90 * DAY) } } }),
      resolve("recovered"),
    ],
    ["open, a first unknown", openOn(degraded), anUnknown(), none],
    [
      "open, unknown when a reminder is due: it is still unanswered",
      openOn(degraded, { spokeAt: after(-2 * DAY) }),
      anUnknown(),
      update("reminder"),
    ],
    [
      "open as not checked, now for a reason that a person must correct",
      openOn(degraded, { kind: "not_checked", severity: "warning", failing: failing(3, -HOUR) }),
      anUnknown({ kind: "misconfigured" }),
      update("worse"),
    ],
    ["open as not checked, now because of another of our settings", notChecked(5), anUnknown(ofSetting(101)), edit],
    ["open as not checked, still because of the same setting", notChecked(5), anUnknown(ofSetting(5)), none],
    [
      "open, unknown for UNKNOWN_AFTER",
      { ...openOn(degraded), failing: failing(1, -HOUR) },
      anUnknown(),
      update("stale"),
    ],
    [
      "open and stale, unknown again",
      { ...openOn(degraded, { failing: failing(2, -2 * HOUR) }), failing: failing(9, -2 * HOUR) },
      anUnknown(),
      none,
    ],
    [
      "open and stale, the first answer",
      { ...openOn(degraded, { failing: failing(2, -2 * HOUR) }), failing: failing(9, -2 * HOUR) },
      degraded,
      edit,
    ],
  ];
  it.each(rows)("%s", (_, state, verdict, change) => {
    expect(transition(state, verdict, NOW, rules).change).toEqual(change);
  });
});

describe("a reply to people", () => {
  it.each<[string, WatchState, Verdict, boolean]>([
    ["a change to critical", openOn(anExpiring("7d", END)), degraded, true],
    ["the shortest threshold", openOn(anExpiring("3d", END)), anExpiring("1d", END), true],
    ["another threshold", openOn(anExpiring("7d", END)), anExpiring("3d", END), false],
    ["a reminder", openOn(degraded, { spokeAt: after(-DAY) }), degraded, true],
    ["getting better", openOn(dead("expired")), degraded, false],
    ["the end of the problem", openOn(degraded), aVerdict(), false],
    ["no answer for some time", { ...openOn(degraded), failing: failing(1, -HOUR) }, anUnknown(), false],
  ])("notifies people only when the table says so: %s", (_, state, verdict, notice) => {
    const { state: next, replies: words } = transition(state, verdict, NOW, rules);
    expect(words).toMatchObject([{ notice, at: NOW, by: null }]);
    expect(next.alert).toMatchObject({ revision: 2, spokeAt: NOW });
  });

  it("an edit adds no reply and keeps the time of the last reply", () => {
    const state = openOn(dead("invalid"), { spokeAt: after(-HOUR) });
    const { state: next, replies: words } = transition(state, dead("revoked"), NOW, rules);
    expect(next.alert).toMatchObject({ revision: 2, spokeAt: after(-HOUR), verdict: dead("revoked") });
    expect(words).toEqual([]);
  });

  it("comes once for all changes of one answer, and raises the revision once", () => {
    const both = openOn(degraded, { spokeAt: after(-DAY), criticalSince: after(-DAY), acceptedAt: after(-DAY) });
    const card = aCard({ consumers: ["a new consumer"] });
    const escalation = anEscalation();
    const { state, replies: words, messages } = transition(both, degraded, NOW, { ...rules, card, escalation });
    expect(words.map(({ reason }) => reason)).toEqual(["reminder", "escalated"]);
    expect(messages).toMatchObject([{ kind: "escalation", alerts: ["alert-1"] }]);
    expect(state.alert).toMatchObject({ revision: 2, card, escalatedAt: NOW });
  });
});

describe("an alert's beginning and end", () => {
  it("opens with the token's earlier data and no reply: the post says it", () => {
    const { state, replies: words } = transition(NEW_WATCH, anExpiring("1d", END), NOW, rules);
    expect(words).toEqual([]);
    expect(state.alert).toMatchObject({
      id: "alert-new",
      kind: "problem",
      severity: "critical",
      revision: 1,
      acceptedAt: null,
      before: { fingerprint: "aaaaaaaaaaaa", expiry: { kind: "at", at: END } },
    });
  });

  it("a warning shows the last answer and the reason why there is no new one", () => {
    const state = { ...NEW_WATCH, verdict: aVerdict(), failing: failing(2, -HOUR) };
    const { alert } = transition(state, anUnknown(), NOW, rules).state;
    expect(alert).toMatchObject({
      kind: "not_checked",
      severity: "warning",
      verdict: aVerdict(),
      failing: { tries: 3 },
    });
  });

  it("a warning changes its text, without a reply, when the cause changes", () => {
    const mild = anAlert({ kind: "not_checked", verdict: null, severity: "warning", failing: failing(3, -HOUR) });
    const state = { ...NEW_WATCH, failing: failing(3, -HOUR), alert: mild };
    expect(transition(state, anUnknown(), NOW, rules).change).toEqual(none);
    expect(transition(state, anUnknown({ kind: "throttled" }), NOW, rules).change).toEqual(edit);
  });

  it('a "could not check" alert becomes a problem at a bad answer, and ends at a good one', () => {
    const mild = anAlert({ kind: "not_checked", verdict: null, severity: "warning", failing: failing(3, -HOUR) });
    const state = { ...NEW_WATCH, failing: failing(3, -HOUR), alert: mild };
    const worse = transition(state, degraded, NOW, rules);
    expect(worse.change).toEqual(update("worse"));
    expect(worse.state.alert).toMatchObject({
      kind: "problem",
      failing: null,
      before: { fingerprint: "aaaaaaaaaaaa" },
    });
    expect(worse.replies).toMatchObject([{ reason: "worse", notice: true }]);
    expect(transition(worse.state, aVerdict({ token: other }), NOW, rules).change).toEqual(resolve("rotated"));
    expect(transition(state, aVerdict(), NOW, rules).change).toEqual(resolve("recovered"));
  });

  it("is resolved with the good verdict, its time and its reason", () => {
    const { alert } = transition(openOn(degraded), aVerdict(), NOW, rules).state;
    expect(alert).toMatchObject({ verdict: aVerdict(), resolvedAt: NOW, resolution: "recovered", revision: 2 });
  });

  it("a resolved alert stays resolved: the next problem opens another alert", () => {
    const resolved = transition(openOn(degraded), aVerdict(), NOW, rules).state;
    expect(transition(resolved, aVerdict(), NOW, rules).state.alert).toBeNull();
    const later = after(15 * MINUTE);
    expect(transition(resolved, degraded, later, rules).state.alert).toMatchObject({ id: "alert-new", revision: 1 });
  });

  it("the first answer ends the count of failures", () => {
    const state = { ...NEW_WATCH, failing: failing(2, -HOUR) };
    expect(transition(state, aVerdict(), NOW, rules).state.failing).toBeNull();
  });

  it("an unknown verdict without a failure is a bug", () => {
    expect(() => transition(NEW_WATCH, { ...anUnknown(), failure: null }, NOW, rules)).toThrow(/must have a failure/);
  });
});

describe("the comparison before → after in a fixed alert", () => {
  const ends = (ms: number) => ({ expiry: { kind: "at", at: after(ms) } }) as const;
  const scopeMissing = { findings: [aFinding("scope_missing")] };

  it("uses the token that the message showed last", () => {
    const first = transition(NEW_WATCH, aVerdict({ ...scopeMissing, token: ends(HOUR) }), NOW, rules).state;
    const second = aVerdict({ ...scopeMissing, token: { ...other, ...ends(2 * HOUR) } });
    const replaced = transition(first, second, NOW, rules).state;
    const fixed = transition(replaced, aVerdict({ token: { fingerprint: "cccccccccccc" } }), NOW, rules);
    expect(fixed.change).toEqual({ kind: "resolve", reason: "rotated" });
    expect(fixed.state.alert?.before).toEqual({ fingerprint: "bbbbbbbbbbbb", ...ends(2 * HOUR) });
  });

  it("keeps the token of the opening when no expiry was known since", () => {
    const first = transition(NEW_WATCH, aVerdict({ ...scopeMissing, token: ends(HOUR) }), NOW, rules).state;
    const dateless = aVerdict({ ...scopeMissing, token: { expiry: { kind: "not_known" } } });
    const fixed = transition(transition(first, dateless, NOW, rules).state, aVerdict(), NOW, rules);
    expect(fixed.state.alert?.before).toMatchObject(ends(HOUR));
  });
});

describe("the stored state", () => {
  it("keeps the last verdict and the token that was seen alive after `unknown`", () => {
    const state = openOn(degraded);
    expect(transition(state, anUnknown(), NOW, rules).state).toMatchObject({
      verdict: degraded,
      aliveFingerprint: "aaaaaaaaaaaa",
      failing: { since: NOW, tries: 1 },
    });
  });

  it("keeps a token as alive until another one is seen alive", () => {
    const alive = transition(NEW_WATCH, aVerdict({ token: other }), NOW, rules).state;
    expect(alive.aliveFingerprint).toBe("bbbbbbbbbbbb");
    expect(transition(alive, dead("revoked"), NOW, rules).state.aliveFingerprint).toBe("bbbbbbbbbbbb");
  });

  it("keeps a finding whose call failed this time, with a mark, and keeps its alert", () => {
    const asset = {
      kind: "phone",
      id: "1",
      name: null,
      reach: "not_known",
      sending: null,
      failure: aFailure(),
    } as const;
    const { state, change } = transition(openOn(degraded), aVerdict({ assets: [asset] }), after(HOUR), rules);
    expect(change).toEqual(edit);
    expect(state.verdict).toMatchObject({ state: "degraded", findings: [{ notRecheckedSince: NOW }] });
  });

  it("treats an expiry that is unknown this time as neither further away nor nearer", () => {
    const answer = aVerdict({ findings: [aFinding("expiry_not_known")], token: { expiry: { kind: "not_known" } } });
    const { state, change } = transition(openOn(anExpiring("7d", END)), answer, NOW, rules);
    expect(change).toEqual(edit);
    expect(state.verdict).toMatchObject({ state: "expiring", threshold: "7d" });
  });
});
