import { rich, type Spans } from "../../guide/rich-text.ts";
import type { AuditEntry, RenewalEntry } from "../../renewal/audit.ts";
import { historyCause } from "./history-cause.ts";
import { historyEvent } from "./history-event.ts";
import { words } from "../words.ts";

/**
 * One audit entry on one line: time, watch, event and the one that acted.
 * @param step the text of a step of a renewal; absent: its name and result
 */
export function auditText(entry: AuditEntry, step: StepText = stepText): Spans {
  const { at, watch } = entry.kind === "alert" ? entry.entry : entry;
  return audit.line(at, watch, eventOf(entry, step));
}

export type StepText = (
  result: Extract<RenewalEntry["event"], { readonly kind: "step" }>["result"],
  by: RenewalEntry["by"],
) => Spans;

const { audit } = words;

const stepText: StepText = ({ step, state }, by) => audit.by(audit.step(step, state), by);

function eventOf(entry: AuditEntry, step: StepText): Spans {
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
      return renewalEvent(entry, step);
  }
}

function renewalEvent({ event, by }: RenewalEntry, step: StepText): Spans {
  switch (event.kind) {
    case "started":
      return audit.by(audit.renewalStarted(), by);
    case "waits_a_day":
      return audit.waitsADay();
    case "step":
      return step(event.result, by);
    case "ended":
      return audit.by(audit.ended(event.outcome, event.step), by);
  }
}
