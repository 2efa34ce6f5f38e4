import type { AuditEntry } from "../../renewal/audit.ts";
import { auditText } from "../../words/history/audit-text.ts";
import { terminalText } from "../../words/plain-text.ts";
import { words } from "../../words/words.ts";
import { bareName } from "../../slack/kit/bare-name.ts";
import { namedWatch } from "../check/named-watch.ts";
import { configurationFor } from "../configuration.ts";
import { oneLine } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { fitted } from "../fitted.ts";
import type { Io } from "../io.ts";
import { auditJson } from "./audit-json.ts";
import { readAudit } from "./read-audit.ts";
import { sinceMs } from "./since.ts";

export interface AuditOptions {
  readonly watch?: string;
  /** A duration as typed, such as `30d`. */
  readonly since: string;
  readonly json?: boolean;
}

/** Prints the audit, newest first. It reads the store, and asks neither Meta nor Slack. */
export async function printAudit({ watch, since, json }: AuditOptions, io: Io, read = readAudit): Promise<ExitCode> {
  const spanMs = sinceMs(since);
  const config = await configurationFor("audit", io);
  const name = watch === undefined ? undefined : bareName(watch);
  const stored = await read(config.databaseUrl, io.cwd, {
    watch: name,
    since: new Date(io.now().getTime() - spanMs),
    // One more than is printed shows whether entries are left out.
    limit: MOST_ENTRIES + 1,
  });
  // History outlives its watch. So a name is wrong only when the store has nothing of it either.
  if (watch !== undefined && (stored.kind !== "there" || stored.entries.length === 0))
    await namedWatch(watch, config, io);
  if (stored.kind !== "there") {
    io.stderr.write(`${WITHOUT_DATA[stored.kind]}\n`);
    return EXIT.unknown;
  }
  const entries = stored.entries.slice(0, MOST_ENTRIES);
  for (const entry of entries)
    io.stdout.write(`${json === true ? JSON.stringify(auditJson(entry)) : line(entry, io)}\n`);
  if (entries.length === 0 && json !== true) io.stdout.write(`${terminalText(words.audit.none())}\n`);
  if (stored.entries.length > entries.length) io.stderr.write(`${CUT}\n`);
  return EXIT.healthy;
}

/** Far more than people read, and far less than fills the memory. */
const MOST_ENTRIES = 10_000;

const CUT = `Only the newest ${MOST_ENTRIES} entries are printed. Use --watch or a shorter --since.`;

const WITHOUT_DATA = {
  missing: "There is no store yet, so there is no audit. Start the bot, or run wa-token round once.",
  outdated:
    "The store is empty or of an earlier version, so its audit cannot be read. Start the bot, or run wa-token round once: this upgrades the store.",
} as const;

/** Texts of people and of Meta are part of a line, so it must stay one line. */
function line(entry: AuditEntry, { stdout }: Io): string {
  return fitted(oneLine(terminalText(auditText(entry))), stdout.columns);
}
