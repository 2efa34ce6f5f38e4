import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/alert/alert.ts";
import { alertLine } from "../../src/words/alert-line.ts";
import { aCard, aFailure, aFinding, after, anAlert, anExpiring, aVerdict, NOW } from "../support/builders.ts";
import { read } from "./support/read.ts";

const DAY = 86_400_000;
const anna = { by: "U0ANNA", at: NOW };
const snoozed = { ...anna, until: after(DAY), reason: "planned" };
const failing = { failure: aFailure(), since: NOW, tries: 3 };
const blocked = { ...failing, failure: aFailure({ kind: "app_blocked" }) };
const reopened = { times: 3, at: NOW, told: false, endSaid: true };
const REST = "Phone number ID 100000000002001. Used by checkout and crm.";

const lineOf = (fields: Partial<Alert>): string => read(alertLine(anAlert(fields)));

describe("an alert as one of a list", () => {
  it.each<[string, Partial<Alert>, string]>([
    ["degraded", {}, `orders-prod: degraded. ${REST} Owner: U0123456789.`],
    [
      "expiring",
      { verdict: anExpiring("7d", after(6 * DAY)) },
      `orders-prod: expiring. Token expires: 2026-11-28 08:00 UTC. ${REST}`,
    ],
    [
      "not checked",
      { verdict: null, kind: "not_checked", failing, severity: "critical" },
      `orders-prod: not checked. ${REST} Owner: U0123456789.`,
    ],
    ["of a blocked app", { failing: blocked }, `orders-prod: app blocked. ${REST} Owner: U0123456789.`],
    ["taken", { acknowledged: anna, snoozed }, `orders-prod: degraded, taken by U0ANNA. ${REST} Owner: U0123456789.`],
    ["snoozed", { snoozed }, `orders-prod: degraded, snoozed by U0ANNA. ${REST} Owner: U0123456789.`],
    ["back again", { reopened }, `orders-prod: degraded, came back 3 times. ${REST} Owner: U0123456789.`],
    [
      "back again and taken",
      { reopened: { ...reopened, times: 1 }, acknowledged: anna },
      `orders-prod: degraded, came back once, taken by U0ANNA. ${REST} Owner: U0123456789.`,
    ],
    // Over: nobody is asked for anything.
    [
      "fixed",
      { resolvedAt: NOW, resolution: "recovered", acknowledged: anna, verdict: aVerdict() },
      `orders-prod: fixed. ${REST}`,
    ],
    ["no longer watched", { resolvedAt: NOW, resolution: "unwatched" }, `orders-prod: no longer watched. ${REST}`],
    [
      "with an account only",
      { card: aCard({ phoneNumberId: undefined, owner: undefined, consumers: [] }) },
      "orders-prod: degraded. WhatsApp account ID 100000000001001.",
    ],
    [
      "without anything more that is known",
      {
        card: aCard({
          phoneNumberId: undefined,
          whatsappBusinessAccountId: undefined,
          owner: undefined,
          consumers: [],
        }),
      },
      "orders-prod: degraded.",
    ],
  ])("that is %s", (_name, fields, line) => {
    expect(lineOf(fields)).toBe(line);
  });

  it("has the number's name, if Meta reported it", () => {
    const asset = { kind: "phone", id: "100000000002001", reach: "reached", sending: null, failure: null } as const;
    const verdict = aVerdict({ findings: [aFinding("revoked")], assets: [{ ...asset, name: "Example Shop" }] });
    expect(lineOf({ verdict })).toContain(": revoked. Example Shop (ID 100000000002001). ");
  });

  it("mentions no one while it is a warning, and stays on one line", () => {
    const hostile = "<!channel>\n<@U0VICTIM>";
    const card = aCard({ name: hostile, owner: hostile, consumers: [hostile], phoneNumberId: hostile });
    const line = alertLine(anAlert({ severity: "warning", card }));
    expect(line.map(({ kind }) => kind)).not.toContain("person");
    expect(read(line)).not.toContain("\n");
  });
});
