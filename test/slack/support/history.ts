import type { HistoryEntry } from "../../../src/alert/history.ts";
import { anEvidence, NOW } from "../../support/builders.ts";

/** A token that lost a permission. */
export const anEntry = (fields: Partial<HistoryEntry> = {}): HistoryEntry => ({
  watch: "orders-prod",
  at: NOW,
  alert: "alert-1",
  reason: "first",
  from: "healthy",
  to: "degraded",
  cause: { kind: "text", text: "The token lacks a permission." },
  evidence: anEvidence(),
  by: null,
  remark: null,
  until: null,
  ...fields,
});
