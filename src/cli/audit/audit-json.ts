import type { AuditEntry, RenewalEntry } from "../../renewal/audit.ts";
import type { Actor } from "../../renewal/renewal.ts";
import { auditText } from "../../words/history/audit-text.ts";
import { terminalText } from "../../words/plain-text.ts";
import { words } from "../../words/words.ts";

/**
 * The object that `audit --json` prints for an entry. Every key is always present; a value that the kind lacks is null.
 * Times are ISO times in UTC. `text` is for people and may change.
 */
export function auditJson(entry: AuditEntry) {
  return { ...NOTHING, ...valuesOf(entry), text: terminalText(auditText(entry)) };
}

const NOTHING = {
  at: "",
  kind: "",
  event: "",
  watch: null,
  by: "",
  state: null,
  fingerprint: null,
  alert: null,
  renewal: null,
  step: null,
  result: null,
  detail: null,
};

/** A Slack user ID, `terminal` or `bot`. */
function byOf(actor: Actor): string {
  return actor.kind === "slack" ? actor.user : actor.kind;
}

function valuesOf(entry: AuditEntry) {
  switch (entry.kind) {
    case "alert": {
      const { at, watch, reason, by, to, alert } = entry.entry;
      return { at: at.toISOString(), kind: entry.kind, event: reason, watch, by: by ?? "bot", state: to, alert };
    }
    case "renewal":
      return { ...shared(entry), ...eventOf(entry), renewal: entry.renewal };
    case "private_check": {
      const { fingerprint, state } = entry;
      return { ...shared(entry), event: "checked", state, fingerprint: fingerprint === "" ? null : fingerprint };
    }
    case "refused":
      return { ...shared(entry), event: entry.attempt };
  }
}

function shared({ at, kind, watch, by }: Exclude<AuditEntry, { readonly kind: "alert" }>) {
  return { at: at.toISOString(), kind, watch, by: byOf(by) };
}

function eventOf({ event }: RenewalEntry) {
  switch (event.kind) {
    case "started":
    case "waits_a_day":
      return { event: event.kind };
    case "step":
      return {
        event: event.kind,
        step: event.result.step,
        result: event.result.state,
        detail: terminalText(words.renewal.detail(event.result.detail)).replaceAll("\u00A0", " "),
      };
    case "ended":
      return { event: event.kind, step: event.step, result: event.outcome };
  }
}
