import { z } from "zod";
import { type AuditEntry, RENEWAL_ACTIONS, type RenewalEntry } from "../../renewal/audit.ts";
import { StoreError } from "../store-error.ts";
import { readJson, toColumn, writeJson } from "./columns.ts";
import { HistoryBodyJson } from "./history-json.ts";
import { Instant } from "./json.ts";
import { ActorJson, OutcomeJson, StepJson, StepResultJson } from "./renewal-json.ts";
import type { HistoryTable } from "./schema.ts";
import { StateJson } from "./verdict-json.ts";

/** The columns of an entry. The caller adds its ID and position. */
export function auditToColumns(entry: AuditEntry): AuditColumns {
  const { kind } = entry;
  const about = kind === "alert" ? entry.entry : entry;
  return { kind, watch: about.watch ?? NO_WATCH, at: toColumn(about.at), body: bodyOf(entry) };
}

/** Throws a StoreError when the row cannot be read. */
export function auditFromRow(row: AuditColumns): AuditEntry {
  const what = `history of watch ${row.watch}`;
  const at = new Date(row.at);
  const watch = row.watch === NO_WATCH ? null : row.watch;
  switch (row.kind) {
    case "alert":
      return { kind: "alert", entry: { ...readJson(HistoryBodyJson, row.body, what), watch: row.watch, at } };
    case "renewal":
      return { ...readJson(RenewalLineJson, row.body, what), kind: "renewal", watch: row.watch, at };
    case "private_check":
      return { ...readJson(CheckJson, row.body, what), kind: "private_check", watch, at };
    case "refused":
      return { ...readJson(RefusedJson, row.body, what), kind: "refused", watch, at };
    default:
      throw new StoreError("corrupt", `The stored ${what} has an entry of another version. Run that version.`);
  }
}

const EventJson = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["started", "waits_a_day"]) }),
  z.object({ kind: z.literal("step"), result: StepResultJson }),
  z.object({ kind: z.literal("ended"), outcome: OutcomeJson, step: StepJson.nullable() }),
]) satisfies z.ZodType<RenewalEntry["event"]>;

/** The part of an entry that has no columns of its own. */
const RenewalLineJson = z.object({ by: ActorJson, renewal: z.string(), event: EventJson });

/** A whole entry, for use inside other JSON. */
export const RenewalEntryJson = RenewalLineJson.extend({
  kind: z.literal("renewal"),
  at: Instant,
  watch: z.string(),
}) satisfies z.ZodType<RenewalEntry>;

const CheckJson = z.object({ by: ActorJson, fingerprint: z.string(), state: StateJson });
const RefusedJson = z.object({ by: ActorJson, attempt: z.enum(RENEWAL_ACTIONS) });

type AuditColumns = Pick<HistoryTable, "kind" | "watch" | "at" | "body">;

/** The stored name of the watch for an entry without one. No watch has an empty name. */
const NO_WATCH = "";

function bodyOf(entry: AuditEntry): string {
  switch (entry.kind) {
    case "alert":
      return writeJson(HistoryBodyJson, entry.entry);
    case "renewal":
      return writeJson(RenewalLineJson, entry);
    case "private_check":
      return writeJson(CheckJson, entry);
    case "refused":
      return writeJson(RefusedJson, entry);
  }
}
