import { expect, it } from "vitest";
import type { Renewal } from "../../src/renewal/renewal.ts";
import type { AuditEntry } from "../../src/renewal/audit.ts";
import { renewedSince } from "../../src/watch/renewed-since.ts";
import { after } from "../support/builders.ts";
import { aRenewal, aResult, BOT, DAY, ROBIN } from "../renewal/renewals.ts";

const [SINCE, UNTIL] = [after(0), after(7 * DAY)];
const END = { kind: "at", at: after(60 * DAY) } as const;

const readBack = (day: number) => [aResult("read_back", "done", { kind: "read" }, after(day * DAY))];

const renewedOf = (...renewals: readonly Renewal[]) => {
  const byId = new Map(renewals.map((renewal) => [renewal.id, renewal]));
  // Each renewal has several entries in the audit.
  const entries = [...renewals, ...renewals].map(({ id, watch }): AuditEntry => {
    const event = { kind: "waits_a_day" } as const;
    return { kind: "renewal", at: after(DAY), by: BOT, watch, renewal: id, event };
  });
  const store = {
    audit: () => Promise.resolve(entries),
    renewalById: (id: string) => Promise.resolve(byId.get(id)),
  };
  return renewedSince(store, SINCE, UNTIL);
};

it.each<[string, Partial<Renewal>, boolean]>([
  ["read back in the period", { steps: readBack(1) }, true],
  ["read back and later ended as done", { steps: readBack(1), outcome: "done", endedAt: after(2 * DAY) }, true],
  ["read back, and then nobody ended the old token", { steps: readBack(1), outcome: "timed_out" }, true],
  ["read back before the period, done in it", { steps: readBack(-1), outcome: "done", endedAt: after(DAY) }, false],
  ["read back exactly at the start", { steps: readBack(0) }, true],
  ["read back exactly at the end: the next digest has it", { steps: readBack(7) }, false],
  ["read back after the end", { steps: readBack(7.1) }, false],
  ["done without reading back", { steps: [], outcome: "done", endedAt: after(DAY) }, true],
  ["saved, not read back", { steps: [aResult("write")] }, false],
  ["failed", { outcome: "failed", endedAt: after(DAY) }, false],
  ["put back", { steps: readBack(1), outcome: "put_back", endedAt: after(DAY) }, false],
])("a renewal: %s", async (_, fields, isListed) => {
  const renewed = await renewedOf(aRenewal(fields));
  expect(renewed).toEqual(isListed ? [{ watch: "orders-prod", by: ROBIN, expiry: END }] : []);
});

it("lists renewals by time, each once", async () => {
  const second = aRenewal({ id: "2", watch: "crm", steps: readBack(1), startedBy: BOT });
  const renewed = await renewedOf(aRenewal({ steps: readBack(2) }), second);
  expect(renewed.map(({ watch, by }) => [watch, by.kind])).toEqual([
    ["crm", "bot"],
    ["orders-prod", "slack"],
  ]);
});
