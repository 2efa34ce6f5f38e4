import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FindingCode } from "../../src/token/finding.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { NEW_WATCH, type WatchState } from "../../src/watch/alert.ts";
import { type AlertRules, transition } from "../../src/watch/transition.ts";
import { aCard, aFinding, after, anExpiring, anUnknown, aPolicy, aVerdict } from "../support/builders.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

let ids = 0;
const rules: AlertRules = {
  card: aCard(),
  policy: aPolicy(),
  unknownAfterMs: 60 * MINUTE,
  repeatCriticalMs: DAY,
  newId: () => `alert-${++ids}`,
};

const dead = fc
  .constantFrom<FindingCode>("expired", "revoked", "invalid")
  .map((code) => ({ findings: [aFinding(code)] }));
const ailing = fc
  .uniqueArray(fc.constantFrom<FindingCode>("scope_missing", "phone_unreachable", "not_system_user"), { maxLength: 3 })
  .map((codes) => ({ findings: codes.map((code) => aFinding(code)) }));
const fingerprint = fc.constantFrom("aaaaaaaaaaaa", "bbbbbbbbbbbb");
const expiring = fc
  .tuple(fc.constantFrom("30d", "14d", "7d", "3d", "1d"), fc.integer({ min: 0, max: 30 }))
  .map(([threshold, days]) => anExpiring(threshold, after(days * DAY)));
const unknown: fc.Arbitrary<Verdict> = fc
  .constantFrom("unreachable", "throttled", "misconfigured", "malformed", "unreadable")
  .map((kind) => anUnknown({ kind }));
const answer: fc.Arbitrary<Verdict> = fc.oneof(
  expiring,
  fc
    .tuple(fc.oneof(dead, ailing), fingerprint)
    .map(([fields, name]) => aVerdict({ ...fields, token: { fingerprint: name } })),
);

const steps = (verdict: fc.Arbitrary<Verdict>) =>
  fc.array(fc.record({ verdict, waitMs: fc.integer({ min: 0, max: 2 * DAY }) }), { maxLength: 25 });

/** Walks through the steps and shows each with the state before it. */
const walk = (
  path: readonly { readonly verdict: Verdict; readonly waitMs: number }[],
  see: (before: WatchState, verdict: Verdict, step: ReturnType<typeof transition>) => void,
): void => {
  let state = NEW_WATCH;
  let elapsedMs = 0;
  for (const { verdict, waitMs } of path) {
    elapsedMs += waitMs;
    const step = transition(state, verdict, after(elapsedMs), rules);
    see(state, verdict, step);
    state = step.state;
  }
};

describe("whatever happens", () => {
  it("unknown never opens a problem, never resolves, never overwrites the verdict", () => {
    fc.assert(
      fc.property(steps(fc.oneof(answer, unknown)), (path) => {
        walk(path, (before, verdict, { state, change }) => {
          if (verdict.state !== "unknown") return;
          expect(state.verdict).toBe(before.verdict);
          expect(change.kind).not.toBe("resolve");
          if (change.kind === "open") expect(state.alert?.kind).toBe("not_checked");
          if (before.alert?.resolvedAt === null) expect(state.alert?.verdict).toBe(before.alert.verdict);
        });
      }),
    );
  });

  it("there is at most one open alert, and its revision never goes down", () => {
    fc.assert(
      fc.property(steps(fc.oneof(answer, unknown)), (path) => {
        walk(path, (before, _, { state, change }) => {
          const was = before.alert?.resolvedAt === null ? before.alert : null;
          if (was !== null) {
            // An open alert is only ever followed by itself.
            expect(change.kind).not.toBe("open");
            expect(state.alert?.id).toBe(was.id);
            expect(state.alert?.revision).toBe(was.revision + (change.kind === "none" ? 0 : 1));
          }
          const owed = state.alert?.replies.map(({ revision }) => revision) ?? [];
          expect(owed).toEqual(owed.toSorted((a, b) => a - b));
          expect(Math.max(0, ...owed)).toBeLessThanOrEqual(state.alert?.revision ?? 0);
        });
      }),
    );
  });

  it("an alert is open exactly while something bad is known and told, or could not be found out", () => {
    fc.assert(
      fc.property(steps(answer), (path) => {
        walk(path, (_, verdict, { state }) => {
          const open = state.alert?.resolvedAt === null;
          if (verdict.state === "healthy") expect(open).toBe(false);
          else if (verdict.state !== "expiring") expect(open).toBe(true);
        });
      }),
    );
  });

  it("each threshold speaks once for a token", () => {
    const healthy = fc.constant(aVerdict());
    fc.assert(
      fc.property(steps(fc.oneof(expiring, expiring, healthy, unknown)), (path) => {
        const spoken: (string | null)[] = [];
        walk(path, (_, verdict, { change }) => {
          const speaks = "reason" in change && (change.reason === "first" || change.reason === "worse");
          if (speaks) spoken.push(verdict.threshold);
        });
        expect(new Set(spoken).size).toBe(spoken.length);
      }),
    );
  });
});
