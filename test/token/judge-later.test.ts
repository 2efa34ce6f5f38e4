import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carryOver } from "../../src/token/carry-over.ts";
import { DAY_MS } from "../../src/token/duration.ts";
import { type Expiry, NEVER, NOT_KNOWN } from "../../src/token/expiry.ts";
import type { AssetFact, AssetReach, GraphError, Inspection } from "../../src/token/inspection.ts";
import { judge } from "../../src/token/judge.ts";
import { judgeLater } from "../../src/token/judge-later.ts";
import { aFailure, after, anEvidence, anInspection, aPolicy, NOW, SCOPES } from "../support/builders.ts";

const PHONE = "100000000002001";
const notRead: AssetReach = { reach: "not_known", failure: null, proofRefused: false };
const phone = (reach: AssetReach): AssetFact => ({ kind: "phone", id: PHONE, evidence: anEvidence(), ...reach });

const end: fc.Arbitrary<Expiry> = fc.oneof(
  fc.constant(NEVER),
  fc.constant(NOT_KNOWN),
  fc.integer({ min: 1, max: 120 }).map((days): Expiry => ({ kind: "at", at: after(days * DAY_MS) })),
);

const living: fc.Arbitrary<Inspection> = fc
  .record({
    expiry: end,
    dataAccess: end,
    issuedAt: fc.constantFrom(null, new Date("2026-01-01T00:00:00Z"), after(-DAY_MS)),
    type: fc.constantFrom(null, "USER", "SYSTEM_USER", "PAGE"),
    scopes: fc.constantFrom(null, [], [SCOPES[0]], SCOPES, [...SCOPES, "business_management"]),
    appId: fc.constantFrom(null, "100000000000042"),
    appName: fc.constantFrom(null, "Example Notifier"),
    assets: fc.constantFrom<readonly AssetFact[]>(
      [],
      [phone({ reach: "reached", name: "Shop", sending: "blocked", obstacles: [] })],
      [phone({ reach: "refused", error: { code: 100, subcode: 33, message: "no access" } })],
      [phone({ reach: "not_known", failure: aFailure(), proofRefused: false })],
    ),
    version: fc.constantFrom({ answered: "v27.0", pinned: "v26.0" }, { answered: null, pinned: "v26.0" }),
  })
  .map(anInspection);

const later = fc.integer({ min: 0, max: 130 * 24 }).map((hours) => after((hours * DAY_MS) / 24));
const policies = fc.constantFrom(aPolicy(), aPolicy({ appId: "1" }), aPolicy({ warnAt: [] }));

describe("a verdict at a later time", () => {
  it("is the verdict about the same facts at that time; at its date, the token is dead", () => {
    fc.assert(
      fc.property(living, policies, later, (inspection, policy, at) => {
        const ended = inspection.expiry.kind === "at" && inspection.expiry.at <= at;
        const assets = inspection.assets.map(() => phone(notRead));
        const facts = ended ? { ...inspection, assets, liveness: { alive: false, error: null } as const } : inspection;
        const now = judge({ ok: true, inspection }, policy, NOW);
        const judged = judge({ ok: true, inspection: facts }, policy, at);
        // The names of IDs stay known, as in a round.
        expect(judgeLater(now, policy, at)).toEqual(ended ? carryOver(now, judged) : judged);
      }),
    );
  });

  const past: Expiry = { kind: "at", at: after(DAY_MS) };
  const refusal = (subcode: number | null): GraphError => ({ code: 190, subcode, message: "dead" });
  it.each<[string, Partial<Inspection>, string]>([
    ["a revoked token stays revoked", { liveness: { alive: false, error: refusal(460) }, expiry: NEVER }, "revoked"],
    ["also after its date, if Meta names the cause", { liveness: { alive: false, error: refusal(460) } }, "revoked"],
    ["without a cause, the date explains it", { liveness: { alive: false, error: refusal(null) } }, "expired"],
    [
      "another app's token stays another app's",
      { liveness: { alive: "other_app", error: refusal(null) }, expiry: NOT_KNOWN, scopes: null },
      "degraded",
    ],
    ["a token that Meta calls valid after its date", { expiry: { kind: "at", at: after(-DAY_MS) } }, "expiring"],
  ])("%s", (_, fields, expected) => {
    const { liveness } = fields;
    const error = liveness !== undefined && liveness.alive !== true ? liveness.error : null;
    const evidence = anEvidence({ code: error?.code ?? null, subcode: error?.subcode ?? null });
    const facts = anInspection({ expiry: past, evidence, ...fields });
    const verdict = judge({ ok: true, inspection: facts }, aPolicy(), NOW);
    expect(judgeLater(verdict, aPolicy(), after(2 * DAY_MS)).state).toBe(expected);
  });
});
