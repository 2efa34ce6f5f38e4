import { describe, expect, it } from "vitest";
import { type AssetVerdict, type Verdict } from "../../src/token/verdict.ts";
import { type Change, NEW_WATCH, type WatchState } from "../../src/alert/alert.ts";
import type { AlertRules } from "../../src/alert/alert-rules.ts";
import { causeOf } from "../../src/alert/cause.ts";
import { transition } from "../../src/alert/transition.ts";
import {
  aCard,
  aFailure,
  aFinding,
  after,
  anExpiring,
  anUnknown,
  aPolicy,
  aVerdict,
  NO_ESCALATION,
} from "../support/builders.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const rules: AlertRules = {
  card: aCard(),
  policy: aPolicy(),
  unknownAfterMs: HOUR,
  repeatCriticalMs: 4 * HOUR,
  escalation: NO_ESCALATION,
  newId: () => "alert-new",
};

const read = (kind: "phone" | "waba", id: string): AssetVerdict => ({
  kind,
  id,
  name: null,
  reach: "reached",
  sending: "available",
  failure: null,
});
const unread = (kind: "phone" | "waba", id: string, failure = {}): AssetVerdict => ({
  ...read(kind, id),
  reach: "not_known",
  sending: null,
  failure: aFailure(failure),
});

const PHONE = "100000000002001";
const WABA = "100000000001001";
const BOTH = aVerdict({ assets: [read("phone", PHONE), read("waba", WABA)] });
const NO_PHONE = aVerdict({ assets: [unread("phone", PHONE), read("waba", WABA)] });
const NO_WABA = aVerdict({ assets: [read("phone", PHONE), unread("waba", WABA)] });
const NEITHER = aVerdict({ assets: [unread("phone", PHONE), unread("waba", WABA)] });
const degraded = (verdict: Verdict): Verdict => ({
  ...aVerdict({ findings: [aFinding("scope_missing")] }),
  assets: verdict.assets,
});

/** One round every 20 minutes. Returns the change of each, and the final state. */
const rounds = (verdicts: readonly Verdict[], from: WatchState = NEW_WATCH, stepMs = 20 * MINUTE) => {
  let state = from;
  const changes: string[] = [];
  for (const [index, verdict] of verdicts.entries()) {
    const at = after(index * stepMs);
    const step = transition(state, { ...verdict, checkedAt: at }, at, rules);
    state = step.state;
    changes.push(wordOf(step.change));
  }
  return { state, changes };
};
const wordOf = (change: Change): string => ("reason" in change ? `${change.kind} ${change.reason}` : change.kind);
const times = (count: number, verdict: Verdict): readonly Verdict[] => Array.from({ length: count }, () => verdict);

describe("a living token with IDs that stay unread", () => {
  it.each<[string, readonly Verdict[], readonly string[]]>([
    ["never read, for an hour", times(5, NO_PHONE), ["none", "none", "none", "open not_checked", "none"]],
    ["read once, then not", [BOTH, ...times(4, NEITHER)], ["none", "none", "none", "none", "open not_checked"]],
    ["read in between", [NO_PHONE, NO_PHONE, BOTH, NO_PHONE, NO_PHONE], times5("none")],
    ["not the same ID each time", [NO_PHONE, NO_WABA, NO_PHONE, NO_WABA, NO_PHONE], times5("none")],
    [
      "unknown in between neither counts nor ends the count",
      [NO_PHONE, anUnknown(), NO_PHONE, anUnknown(), NO_PHONE],
      ["none", "none", "none", "none", "open not_checked"],
    ],
    [
      "the appsecret_proof is refused",
      times(
        4,
        aVerdict({
          assets: [unread("phone", PHONE, { kind: "misconfigured" })],
          findings: [aFinding("proof_refused")],
        }),
      ),
      ["none", "none", "none", "open not_checked"],
    ],
    [
      "all IDs are read again",
      [...times(4, NEITHER), BOTH],
      ["none", "none", "none", "open not_checked", "resolve recovered"],
    ],
    ["one ID is read again", [...times(4, NEITHER), NO_WABA], ["none", "none", "none", "open not_checked", "edit"]],
    [
      "the token gets worse",
      [...times(4, NO_PHONE), degraded(NO_PHONE)],
      ["none", "none", "none", "open not_checked", "update worse"],
    ],
  ])("%s", (_, verdicts, changes) => {
    expect(rounds(verdicts).changes).toEqual(changes);
  });

  it("opens no alert after two failed tries in a day, because that is too little evidence", () => {
    expect(rounds(times(2, NO_PHONE), NEW_WATCH, 12 * HOUR).changes).toEqual(["none", "none"]);
  });

  it("opens a warning that shows the verdict and when the ID was last read", () => {
    const { state } = rounds([BOTH, ...times(4, NO_PHONE)]);
    expect(state.alert).toMatchObject({
      kind: "not_checked",
      severity: "warning",
      failing: null,
      verdict: {
        state: "healthy",
        assets: [{ unread: { readAt: after(0), since: after(20 * MINUTE), tries: 4 } }, {}],
      },
    });
    const never = rounds(times(4, NO_PHONE)).state.alert?.verdict?.assets[0];
    expect(never?.unread?.readAt).toBeNull();
  });

  it("stays open and says so when no check gets an answer, and then continues for the IDs", () => {
    const opened = rounds(times(4, NO_PHONE)).state;
    const later = times(5, anUnknown());
    const silent = rounds(later, opened, 30 * MINUTE);
    expect(silent.changes).toEqual(["none", "none", "update stale", "none", "none"]);
    expect(rounds([NO_PHONE, NO_PHONE], silent.state).changes).toEqual(["edit", "none"]);
  });

  it("counts even while an expiring token brings no news", () => {
    const soon = { ...anExpiring("7d", after(6 * 24 * HOUR)), assets: NO_PHONE.assets };
    const told = { fingerprint: "aaaaaaaaaaaa", thresholds: ["30d", "14d", "7d"] };
    expect(rounds(times(5, soon), { ...NEW_WATCH, told }).changes).toEqual([
      "none",
      "none",
      "none",
      "open not_checked",
      "none",
    ]);
  });

  it("shares its cause only with alerts of the same reason", () => {
    const { alert } = rounds(times(4, NO_PHONE)).state;
    expect(alert === null ? undefined : causeOf(alert)).toBe("not_read no_answer");
  });
});

describe("an open problem with unread IDs", () => {
  const finding = aFinding("reach_not_checked", { objects: [PHONE] });
  const warned = (verdict: Verdict): Verdict => ({ ...verdict, findings: [...verdict.findings, finding] });

  it("is edited when IDs become unread or readable, and says once that it lasts", () => {
    const bad = warned(degraded(NO_PHONE));
    const { changes } = rounds([degraded(BOTH), bad, bad, bad, bad, bad, degraded(BOTH)]);
    expect(changes).toEqual(["open first", "edit", "none", "none", "update stale", "none", "edit"]);
  });

  it("is resolved by a healthy token", () => {
    const { changes, state } = rounds([degraded(BOTH), warned(NO_PHONE)]);
    expect(changes).toEqual(["open first", "resolve recovered"]);
    expect(state.alert?.verdict?.assets[0]).toMatchObject({ reach: "not_known", unread: { tries: 1 } });
  });
});

function times5(word: string): readonly string[] {
  return Array.from({ length: 5 }, () => word);
}
