import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FindingCode } from "../../src/token/findings/finding.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { NEW_WATCH, type WatchState } from "../../src/alert/alert.ts";
import type { AlertRules } from "../../src/alert/alert-rules.ts";
import { transition } from "../../src/alert/transition.ts";
import { aCard, aFinding, after, anEscalation, anExpiring, anUnknown, aPolicy, aVerdict } from "../support/builders.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

let ids = 0;
const rules: AlertRules = {
  card: aCard(),
  policy: aPolicy(),
  unknownAfterMs: 60 * MINUTE,
  repeatCriticalMs: DAY,
  escalation: anEscalation(),
  newId: () => `alert-${++ids}`,
};

const dead = fc
  .constantFrom<FindingCode>("expired", "revoked", "invalid")
  .map((code) => ({ findings: [aFinding(code)] }));
const unwell = fc
  .uniqueArray(fc.constantFrom<FindingCode>("scope_missing", "phone_unreachable", "not_system_user"), { maxLength: 3 })
  .map((codes) => ({ findings: codes.map((code) => aFinding(code)) }));
const fingerprint = fc.constantFrom("aaaaaaaaaaaa", "bbbbbbbbbbbb");
const expiring = fc
  .tuple(fc.constantFrom("30d", "14d", "7d", "3d", "1d"), fc.integer({ min: 0, max: 30 }))
  .map(([threshold, days]) => anExpiring(threshold, after(days * DAY)));
const unknown: fc.Arbitrary<Verdict> = fc
  .constantFrom("unreachable", "throttled", "misconfigured", "app_blocked", "malformed", "unreadable")
  .map((kind) => anUnknown({ kind }));
const answer: fc.Arbitrary<Verdict> = fc.oneof(
  expiring,
  fc
    .tuple(fc.oneof(dead, unwell), fingerprint)
    .map(([fields, name]) => aVerdict({ ...fields, token: { fingerprint: name } })),
);

const steps = (verdict: fc.Arbitrary<Verdict>) =>
  fc.array(fc.record({ verdict, waitMs: fc.integer({ min: 0, max: 2 * DAY }) }), { maxLength: 25 });

type Step = ReturnType<typeof transition>;

/** Applies the steps. Returns the names of the broken laws. */
const broken = (
  path: readonly { readonly verdict: Verdict; readonly waitMs: number }[],
  laws: Readonly<Record<string, (before: WatchState, verdict: Verdict, step: Step) => boolean>>,
): readonly string[] => {
  let state = NEW_WATCH;
  let elapsedMs = 0;
  return path.flatMap(({ verdict, waitMs }) => {
    elapsedMs += waitMs;
    const before = state;
    const now = after(elapsedMs);
    const step = transition(before, verdict, now, rules);
    // Slack accepts it at once.
    const { alert } = step.state;
    state = { ...step.state, alert: alert && { ...alert, acceptedAt: alert.acceptedAt ?? now } };
    return Object.entries(laws).flatMap(([law, holds]) => (holds(before, verdict, step) ? [] : [law]));
  });
};

const openIn = (state: WatchState) => (state.alert?.resolvedAt === null ? state.alert : undefined);

describe("any series of verdicts", () => {
  it("`unknown` never opens a problem, never resolves one, and never overwrites the verdict", () => {
    fc.assert(
      fc.property(steps(fc.oneof(answer, unknown)), (path) => {
        const laws = {
          "keeps the verdict": (before: WatchState, verdict: Verdict, { state }: Step) =>
            verdict.state !== "unknown" || state.verdict === before.verdict,
          "resolves nothing": (_: WatchState, verdict: Verdict, { change }: Step) =>
            verdict.state !== "unknown" || change.kind !== "resolve",
          "opens mildly": (_: WatchState, verdict: Verdict, { state, change }: Step) =>
            verdict.state !== "unknown" || change.kind !== "open" || state.alert?.kind === "not_checked",
          "keeps the alert's verdict": (before: WatchState, verdict: Verdict, { state }: Step) =>
            verdict.state !== "unknown" ||
            openIn(before) === undefined ||
            openIn(before)?.verdict === openIn(state)?.verdict,
        };
        expect(broken(path, laws)).toEqual([]);
      }),
    );
  });

  it("people are notified once of a new problem, and then only by a change, a reminder or a return that lasts", () => {
    const often = fc.array(
      fc.record({
        verdict: fc.oneof(answer, fc.constant(aVerdict()), unknown),
        waitMs: fc.integer({ min: 0, max: 20 * MINUTE }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(often, (path) => {
        const laws = {
          "a return is silent": (_: WatchState, __: Verdict, { replies: words, change }: Step) =>
            !("reason" in change) || change.reason !== "reopened" || words.every(({ notice }) => !notice),
          "a return is of an alert that was resolved": (before: WatchState, _: Verdict, { state, change }: Step) =>
            !("reason" in change) ||
            change.reason !== "reopened" ||
            [before.alert, ...(before.lately ?? []).map(({ alert }) => alert)].some(
              (past) => past?.id === state.alert?.id && past?.resolvedAt !== null,
            ),
          "it lasts a quarter of an hour before people are called": (
            before: WatchState,
            _: Verdict,
            { replies: words, change }: Step,
          ) => {
            if (!("reason" in change) || change.reason !== "lasts") return true;
            const said = words.at(-1)?.at.getTime() ?? 0;
            return said - (before.alert?.reopened?.at.getTime() ?? Infinity) >= 15 * MINUTE;
          },
        };
        expect(broken(path, laws)).toEqual([]);
      }),
    );
  });

  it("there is at most one open alert, and its revision goes up with every change and never down", () => {
    fc.assert(
      fc.property(steps(fc.oneof(answer, unknown)), (path) => {
        const laws = {
          "an open alert is followed by itself": (before: WatchState, _: Verdict, { state, change }: Step) =>
            openIn(before) === undefined || (change.kind !== "open" && state.alert?.id === openIn(before)?.id),
          "every change raises the revision by one": (before: WatchState, _: Verdict, { state, change }: Step) =>
            openIn(before) === undefined ||
            state.alert?.revision === (openIn(before)?.revision ?? 0) + (change.kind === "none" ? 0 : 1),
          "words come with a change, no reason twice": (
            _: WatchState,
            __: Verdict,
            { replies: words, change }: Step,
          ) => {
            const reasons = words.map(({ reason }) => reason);
            if (change.kind === "none" || change.kind === "edit") return reasons.length === 0;
            return new Set(reasons).size === reasons.length;
          },
          "an escalation is a word and a message": (
            _: WatchState,
            __: Verdict,
            { replies: words, messages, state }: Step,
          ) =>
            messages.length === words.filter(({ reason }) => reason === "escalated").length &&
            messages.every(({ kind, alerts }) => kind === "escalation" && alerts.join() === state.alert?.id),
        };
        expect(broken(path, laws)).toEqual([]);
      }),
    );
  });

  it("no alert is open for a healthy token, and one is open for a dead or degraded token", () => {
    fc.assert(
      fc.property(steps(answer), (path) => {
        const laws = {
          "healthy is closed": (_: WatchState, verdict: Verdict, { state }: Step) =>
            verdict.state !== "healthy" || openIn(state) === undefined,
          "a broken one is open": (_: WatchState, verdict: Verdict, { state }: Step) =>
            ["healthy", "expiring"].includes(verdict.state) || openIn(state) !== undefined,
        };
        expect(broken(path, laws)).toEqual([]);
      }),
    );
  });

  it("each threshold is announced once per token", () => {
    const healthy = fc.constant(aVerdict());
    fc.assert(
      fc.property(steps(fc.oneof(expiring, expiring, healthy, unknown)), (path) => {
        const spoken: (string | null)[] = [];
        const laws = {
          "never again": (_: WatchState, verdict: Verdict, { change }: Step) => {
            const speaks = "reason" in change && (change.reason === "first" || change.reason === "worse");
            // What could not be read has no threshold, and may become worse without one.
            if (!speaks || verdict.threshold === null) return true;
            const again = spoken.includes(verdict.threshold);
            spoken.push(verdict.threshold);
            return !again;
          },
        };
        expect(broken(path, laws)).toEqual([]);
      }),
    );
  });
});
