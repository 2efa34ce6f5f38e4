import { rich, type Spans } from "../../guide/rich-text.ts";
import type { AuditEntry, RenewalEntry } from "../../renewal/audit.ts";
import type { StepResult } from "../../renewal/renewal.ts";
import { historyCause } from "./history-cause.ts";
import { historyEvent } from "./history-event.ts";
import { words } from "../words.ts";

/** One audit entry on one line: time, watch, event, the one that acted, and why a step did not succeed. */
export function auditText(entry: AuditEntry): Spans {
  const { at, watch } = entry.kind === "alert" ? entry.entry : entry;
  return audit.line(at, watch, eventOf(entry));
}

const { audit } = words;

function eventOf(entry: AuditEntry): Spans {
  switch (entry.kind) {
    case "alert": {
      const { cause } = entry.entry;
      const event = historyEvent(entry.entry);
      return cause === null ? event : [...event, ...rich`. `, ...words.history.cause(historyCause(cause))];
    }
    case "private_check":
      return audit.by(audit.check(entry.watch, entry.state, entry.fingerprint), entry.by);
    case "refused":
      return audit.by(audit.refused(entry.attempt), entry.by);
    case "renewal":
      return renewalEvent(entry);
  }
}

function renewalEvent({ event, by }: RenewalEntry): Spans {
  switch (event.kind) {
    case "started":
      return audit.by(audit.renewalStarted(), by);
    case "waits_a_day":
      return audit.waitsADay();
    case "step":
      return audit.because(audit.by(audit.step(event.result.step, event.result.state), by), reasonOf(event.result));
    case "ended":
      return audit.by(audit.ended(event.outcome, event.step), by);
  }
}

/** Empty for a step that succeeded or was not necessary. */
function reasonOf({ state, detail }: StepResult): Spans {
  return state === "failed" || state === "not_proven" ? words.renewal.detail(detail) : [];
}
