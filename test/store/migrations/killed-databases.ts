import { readFile, writeFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

/** Reads the answers of the released version's own store for a database in test/fixtures/killed. */
export async function readLeft(name: string): Promise<Left> {
  return LeftSchema.parse(JSON.parse(await readFile(fixture(`${name}.json`), "utf8")));
}

/** Writes such a database to a path, as its killed bot left it. */
export async function unpack(name: string, path: string): Promise<void> {
  await writeFile(path, gunzipSync(await readFile(fixture(`${name}.db.gz`))));
}

/**
 * Version 0.1.0 wrote each database under load; its process was killed at a random moment, in `leaving-group` at a
 * chosen one.
 */
export const KILLED = [
  "escalated-group",
  "group-joining",
  "leaving-group",
  "own-messages",
  "refused-channel",
  "refused-group",
  "told-elsewhere",
] as const;

const Place = { channel: z.string().nullable(), ts: z.string().nullable() };
const OldWord = z.object({ revision: z.number(), reason: z.string(), at: z.coerce.date() });

const LeftAlert = z.object({
  ...Place,
  id: z.string(),
  watch: z.string(),
  resolved: z.boolean(),
  /** Acknowledged or snoozed. */
  answered: z.boolean(),
  cause: z.string().nullable(),
  group: z.string().nullable(),
  revision: z.number(),
  /** The revisions that the message, its thread and another place showed. */
  delivered: z.number(),
  replied: z.number(),
  fallback: z.number(),
  /** The replies in its row. */
  words: z.array(OldWord),
});

const LeftSchema = z.object({
  /** When the bot was killed, by its clock. */
  at: z.coerce.date(),
  /** The undelivered messages that its store listed. */
  undelivered: z.array(z.object({ watch: z.string().nullable(), note: z.string().nullable(), channel: z.string() })),
  alerts: z.array(LeftAlert),
  groups: z.array(z.object({ ...Place, id: z.string(), cause: z.string() })),
  notes: z.array(
    z.object({ ...Place, id: z.string(), kind: z.string(), route: z.string(), alerts: z.array(z.string()) }),
  ),
});

export type Left = z.infer<typeof LeftSchema>;
type LeftAlert = z.infer<typeof LeftAlert>;

const fixture = (file: string): URL => new URL(`../../fixtures/killed/${file}`, import.meta.url);

/** The state of an alert in Slack, and its undelivered changes. */
interface Standing {
  readonly alert: LeftAlert;
  /** The message that shows it; null: none. */
  readonly home: { readonly id: string; readonly channel: string; readonly ts: string } | null;
  /** True: its cause is no longer that of its group, so it gets its own message. */
  readonly leaves: boolean;
  /** True: it was not announced in its own channel. */
  readonly isNew: boolean;
  /** True: its message shows an older revision. */
  readonly isBehind: boolean;
  /** Replies that are not in its thread yet. */
  readonly words: LeftAlert["words"];
}

/** The state of each alert, with the old rows read as the old bot read them. */
export function standings({ alerts, groups }: Left): readonly Standing[] {
  return alerts.map((alert) => {
    const group = groups.find(({ id }) => id === alert.group);
    const { id, channel, ts } = group ?? alert;
    const isPosted = channel !== null && ts !== null;
    const lacks = alert.delivered < alert.revision;
    const leaves = group !== undefined && !alert.resolved && alert.cause !== group.cause;
    if (leaves) return { alert, home: null, leaves, isNew: true, isBehind: false, words: [] };
    const untold = group === undefined ? !isPosted : alert.replied === 0 && (!isPosted || !alert.resolved);
    return {
      alert,
      home: isPosted ? { id, channel, ts } : null,
      leaves,
      isNew: untold && (lacks || alert.words.length > 0 || !alert.resolved),
      isBehind: isPosted && lacks,
      words: alert.words.filter(({ revision }) => revision > alert.replied),
    };
  });
}
