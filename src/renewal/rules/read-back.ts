import { fingerprintOf } from "../../token/secret/secret.ts";
import type { SourceReading } from "../../token/secret/source.ts";
import type { Detail } from "../detail.ts";
import type { Renewal, StepState } from "../renewal.ts";

/** The result of the step `read_back`: whether the watch's source gives the new token. Pure. */
export function readBack(
  reading: SourceReading,
  { before, after }: Pick<Renewal, "before" | "after">,
): { readonly state: StepState; readonly detail: Detail } {
  if (!reading.ok) return { state: "not_proven", detail: { kind: "not_read", message: reading.message } };
  const fingerprint = fingerprintOf(reading.secret);
  if (fingerprint !== "" && fingerprint === after?.fingerprint) return { state: "done", detail: { kind: "read" } };
  if (fingerprint !== before?.fingerprint) return { state: "not_proven", detail: { kind: "other_token" } };
  // A source with a note is read once, at the start of the bot.
  return { state: "not_proven", detail: { kind: reading.note === null ? "still_old" : "restart_bot" } };
}
