import { describe, expect, it } from "vitest";
import { NEW_WATCH, type WatchState } from "../../src/alert/alert.ts";
import { buildDigestTable } from "../../src/watch/digest-rows.ts";
import type { WatchRecord } from "../../src/watch/ports.ts";
import { after, aFailure, aFinding, anAlert, anEvidence, anExpiring, aVerdict, NOW } from "../support/builders.ts";

const DAY = 86_400_000;

const record = (name: string, fields: Partial<WatchState> = {}): WatchRecord => ({
  name,
  state: { ...NEW_WATCH, ...fields },
  checkedAt: NOW,
  nextDueAt: NOW,
  owed: false,
  undelivered: null,
});
const NOTHING_ELSE = { renewed: [], fleets: [] };
const digestTable = (records: readonly WatchRecord[]) => {
  const builder = buildDigestTable(NOW);
  builder.add(records);
  return builder.table(NOTHING_ELSE);
};
const rowOf = (fields: Partial<WatchState>) => digestTable([record("a", fields)]).rows[0];

const degraded = aVerdict({ findings: [aFinding("phone_unreachable")] });
const expired = aVerdict({ findings: [aFinding("expired")] });
const warning = anAlert({ severity: "warning" });
const failing = { failure: aFailure(), since: NOW, tries: 3 };

describe("a watch in the digest", () => {
  it("shows its last answer and when it came", () => {
    const verdict = { ...anExpiring("7d", after(5 * DAY)), checkedAt: after(-DAY) };
    expect(rowOf({ verdict })).toEqual({
      watch: "a",
      state: "expiring",
      expiry: { kind: "at", at: after(5 * DAY) },
      answeredAt: after(-DAY),
      evidence: verdict.evidence,
      unread: [],
      alert: null,
      acknowledged: false,
      snoozedUntil: null,
      extraScopes: [],
      old: false,
    });
  });

  it("names the call that proved the state, and the unread IDs of a living token", () => {
    const evidence = anEvidence({ call: "GET /100000000002001", at: after(-2 * DAY) });
    const failure = aFailure();
    const waba = { kind: "waba", id: "1", name: null, reach: "not_known", sending: null, failure } as const;
    const row = rowOf({ verdict: aVerdict({ evidence, assets: [waba] }) });
    expect(row).toMatchObject({
      evidence,
      unread: [{ kind: "waba", id: "1", failure: { kind: failure.kind, evidence: null } }],
    });
    expect(rowOf({ verdict: { ...aVerdict({ assets: [waba] }), alive: false } })?.unread).toEqual([]);
  });

  it("is unknown before its first answer, with no invented facts", () => {
    expect(rowOf({ failing })).toMatchObject({
      state: "unknown",
      expiry: { kind: "not_known" },
      answeredAt: null,
      alert: null,
      extraScopes: [],
      old: false,
    });
  });

  it.each<[string, WatchState["alert"], object]>([
    ["open", anAlert(), { alert: "critical", acknowledged: false }],
    ["a warning", warning, { alert: "warning" }],
    ["acknowledged", anAlert({ acknowledged: { by: "U1", at: NOW } }), { alert: "critical", acknowledged: true }],
    [
      "snoozed",
      anAlert({ snoozed: { by: "U1", at: NOW, until: after(DAY), reason: "" } }),
      { alert: "critical", acknowledged: false, snoozedUntil: after(DAY) },
    ],
    [
      "snoozed until now",
      anAlert({ snoozed: { by: "U1", at: after(-DAY), until: NOW, reason: "" } }),
      { snoozedUntil: null },
    ],
    [
      "resolved",
      anAlert({ resolvedAt: NOW, resolution: "recovered", acknowledged: { by: "U1", at: NOW } }),
      { alert: null, acknowledged: false },
    ],
  ])("with an alert that is %s", (_, alert, expected) => {
    expect(rowOf({ verdict: degraded, alert })).toMatchObject(expected);
  });

  it("names the scopes that the watch does not require", () => {
    const verdict = aVerdict({ token: { extraScopes: ["public_profile", "ads_read"] } });
    expect(rowOf({ verdict })).toMatchObject({ extraScopes: ["ads_read"] });
  });

  it.each<[string, Parameters<typeof aVerdict>[0], boolean]>([
    ["never expires and is over a year old", { token: { issuedAt: after(-366 * DAY) } }, true],
    ["never expires and is younger", { token: { issuedAt: after(-364 * DAY) } }, false],
    ["never expires, created at an unknown time", { token: { issuedAt: null } }, false],
    [
      "is over a year old and expires",
      { token: { issuedAt: after(-366 * DAY), expiry: { kind: "at", at: after(DAY) } } },
      false,
    ],
  ])("is old only when its token never expires and is over a year old: one that %s", (_, fields, old) => {
    expect(rowOf({ verdict: aVerdict(fields) })?.old).toBe(old);
  });
});

describe("the rows of the digest", () => {
  it("are sorted worst first: by alert, state, remarks, expiry, then name", () => {
    const records = [
      record("z-healthy", { verdict: aVerdict() }),
      record("b-healthy", { verdict: aVerdict() }),
      record("z-tidy", { verdict: aVerdict({ token: { extraScopes: ["ads_read"] } }) }),
      record("y-old", { verdict: aVerdict({ token: { issuedAt: after(-400 * DAY) } }) }),
      record("ends-later", { verdict: anExpiring("30d", after(20 * DAY)) }),
      record("ends-sooner", { verdict: anExpiring("30d", after(15 * DAY)) }),
      record("new"),
      record("degraded", { verdict: degraded }),
      record("warned", { verdict: anExpiring("7d", after(6 * DAY)), alert: warning }),
      record("degraded-alert", { verdict: degraded, alert: anAlert() }),
      record("dead-alert", { verdict: expired, alert: anAlert() }),
    ];
    const { rows, more } = digestTable(records);
    expect(more).toBe(0);
    expect(rows.map(({ watch }) => watch)).toEqual([
      "dead-alert",
      "degraded-alert",
      "warned",
      "degraded",
      "new",
      "ends-sooner",
      "ends-later",
      "y-old",
      "z-tidy",
      "b-healthy",
      "z-healthy",
    ]);
  });

  it("are the worst forty, and the rest is counted", () => {
    const old = record("old", { verdict: aVerdict({ token: { issuedAt: after(-400 * DAY) } }) });
    const many = Array.from({ length: 50 }, (_, index) => record(`healthy-${index}`, { verdict: aVerdict() }));
    const { rows, more } = digestTable([...many, old, record("dead", { verdict: expired, alert: anAlert() })]);
    expect(rows).toHaveLength(40);
    expect(rows.map(({ watch }) => watch)).toContain("old");
    expect(rows[0]?.watch).toBe("dead");
    expect(more).toBe(12);
  });

  it("come with counts of all watches and alerts, including watches without a row", () => {
    const answered = { by: "U1", at: NOW };
    const snoozed = { ...answered, until: after(DAY), reason: "" };
    const dead = (fields: Parameters<typeof anAlert>[0], index: number) =>
      record(`dead-${index}`, { verdict: expired, alert: anAlert(fields) });
    const records = [
      ...Array.from({ length: 45 }, (_, index) => record(`healthy-${index}`, { verdict: aVerdict() })),
      record("new"),
      ...[{}, { acknowledged: answered }, { acknowledged: answered, snoozed }, { snoozed }].map(dead),
    ];
    expect(digestTable(records).counts).toEqual({
      states: [
        { state: "expired", count: 4 },
        { state: "unknown", count: 1 },
        { state: "healthy", count: 45 },
      ],
      alerts: 4,
      acknowledged: 2,
      snoozed: 1,
      unread: 0,
    });
  });

  it("are the same when the watches come a few at a time, in any order", () => {
    const ends = (index: number) => ({ verdict: anExpiring("30d", after((15 + (index % 7)) * DAY)) });
    const some = Array.from({ length: 60 }, (_, index) =>
      record(`shop-${index}`, index % 3 === 0 ? { verdict: expired, alert: anAlert() } : ends(index)),
    );
    for (const [size, records] of [
      [1, some],
      [7, some.toReversed()],
      [50, some.toReversed()],
    ] as const) {
      const builder = buildDigestTable(NOW);
      for (let start = 0; start < records.length; start += size) builder.add(records.slice(start, start + size));
      expect(builder.table(NOTHING_ELSE)).toEqual(digestTable(some));
    }
  });

  it("are empty without watches", () => {
    expect(digestTable([])).toEqual({
      counts: { states: [], alerts: 0, acknowledged: 0, snoozed: 0, unread: 0 },
      rows: [],
      more: 0,
      ...NOTHING_ELSE,
    });
  });
});
