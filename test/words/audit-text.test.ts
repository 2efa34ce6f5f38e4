import { describe, expect, it } from "vitest";
import type { AuditEntry, RenewalEntry } from "../../src/renewal/audit.ts";
import { terminalText } from "../../src/words/plain-text.ts";
import { auditText } from "../../src/words/history/audit-text.ts";
import type { StepResult } from "../../src/renewal/renewal.ts";
import { anEntry } from "../slack/support/history.ts";
import { NOW } from "../support/builders.ts";
import { aStep } from "../support/renewals.ts";

const robin = { kind: "slack", user: "U0ROBIN" } as const;
const said = (entry: AuditEntry): string => terminalText(auditText(entry));

const renewal = (event: RenewalEntry["event"], by: RenewalEntry["by"] = robin): RenewalEntry => ({
  kind: "renewal",
  at: NOW,
  by,
  watch: "orders-prod",
  renewal: "renewal-1",
  event,
});

const result = { step: "read_back", state: "not_proven", detail: { kind: "restart_bot" }, at: NOW, by: robin } as const;

describe("a line of the audit", () => {
  it.each<[AuditEntry, string]>([
    [
      { kind: "alert", entry: anEntry({ reason: "acknowledged", from: "degraded", cause: null, by: "U0BEN" }) },
      "2026-11-22 08:00 UTC · orders-prod · Acknowledged by U0BEN",
    ],
    [
      { kind: "alert", entry: anEntry() },
      "2026-11-22 08:00 UTC · orders-prod · New problem: Healthy → Degraded. The token lacks a permission.",
    ],
    [renewal({ kind: "started" }), "2026-11-22 08:00 UTC · orders-prod · Renewal started · by U0ROBIN"],
    [
      renewal({ kind: "started" }, { kind: "terminal" }),
      "2026-11-22 08:00 UTC · orders-prod · Renewal started · by a person in a terminal",
    ],
    [renewal({ kind: "waits_a_day" }), "2026-11-22 08:00 UTC · orders-prod · Renewal: a step has waited for a day"],
    [
      renewal({ kind: "step", result }, { kind: "bot" }),
      "2026-11-22 08:00 UTC · orders-prod · Renewal, read the new token back: not proven · by the bot · The bot reads this source only at its start. Restart the bot.",
    ],
    [
      renewal({ kind: "ended", outcome: "cancelled", step: "in_use" }),
      "2026-11-22 08:00 UTC · orders-prod · Renewal cancelled at new token in use · by U0ROBIN",
    ],
    [
      renewal({ kind: "ended", outcome: "done", step: null }),
      "2026-11-22 08:00 UTC · orders-prod · Renewal done · by U0ROBIN",
    ],
    [
      { kind: "private_check", at: NOW, by: robin, watch: null, fingerprint: "0123456789ab", state: "revoked" },
      "2026-11-22 08:00 UTC · Private check of a pasted token: Revoked, fingerprint 0123456789ab · by U0ROBIN",
    ],
    [
      { kind: "private_check", at: NOW, by: robin, watch: "orders-prod", fingerprint: "", state: "unknown" },
      "2026-11-22 08:00 UTC · orders-prod · Private check of the token: Unknown · by U0ROBIN",
    ],
    [
      { kind: "refused", at: NOW, by: robin, watch: "orders-prod", attempt: "end_old" },
      "2026-11-22 08:00 UTC · orders-prod · Refused: end the old token · by U0ROBIN",
    ],
  ])("says what happened and the one that acted (%#)", (entry, line) => {
    expect(said(entry)).toBe(line);
  });

  it.each<[StepResult, string]>([
    [aStep("write", { kind: "not_saved", message: "The disk is full." }, { state: "failed" }), "The disk is full."],
    [aStep("read_back", { kind: "still_old" }, { state: "not_proven" }), "The source still gives the old token."],
  ])("says why a step did not succeed (%#)", (step, reason) => {
    expect(said(renewal({ kind: "step", result: step }))).toContain(` · by U0ROBIN · ${reason}`);
  });

  it.each<StepResult>([
    aStep("write", { kind: "saved" }),
    aStep("write", { kind: "person_saves" }, { state: "skipped" }),
  ])("is short for a step that succeeded or was not necessary (%#)", (step) => {
    expect(said(renewal({ kind: "step", result: step }))).toMatch(/ · by U0ROBIN$/);
  });
});
