import type { Logger } from "pino";
import { toColumn } from "./columns.ts";
import { StoreError } from "../store-error.ts";

/** When an unreadable row is claimed again. */
export function asideUntil(now: Date): Date {
  return new Date(now.getTime() + ASIDE_MS);
}

export interface UnreadableRow {
  readonly table: Table;
  readonly id: string;
  /** Names the row and the next step. */
  readonly message: string;
}

/** Remembers unreadable rows, so that one of them does not affect the others. */
export interface Unreadable {
  /** Decodes a row. Returns undefined and logs once when the row is unreadable. */
  readonly read: <T>(table: Table, id: string, decode: () => T) => T | undefined;
  readonly messageOf: (table: Table, id: string) => string | undefined;
  readonly known: () => readonly UnreadableRow[];
  readonly forget: (row: UnreadableRow) => void;
}

export function createUnreadable(log: Pick<Logger, "warn"> | undefined): Unreadable {
  const known = new Map<string, UnreadableRow>();
  return {
    read: (table, id, decode) => {
      const key = keyOf(table, id);
      try {
        const row = decode();
        known.delete(key);
        return row;
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== "corrupt") throw error;
        const { message } = error;
        if (!known.has(key)) log?.warn({ table, id, err: error }, "a stored row cannot be read; it is set aside");
        known.set(key, { table, id, message });
        return undefined;
      }
    },
    messageOf: (table, id) => known.get(keyOf(table, id))?.message,
    known: () => [...known.values()],
    forget: ({ table, id }) => {
      known.delete(keyOf(table, id));
    },
  };
}

/**
 * Claims up to `limit` readable rows. `take` sets unreadable rows aside; the next call replaces them with other rows.
 */
export async function takeReadable<C>(
  limit: number,
  take: (limit: number) => Promise<Taken<C>>,
): Promise<readonly C[]> {
  const claims: C[] = [];
  for (;;) {
    const { taken, readable } = await take(limit - claims.length);
    claims.push(...readable);
    if (readable.length === taken) return claims;
  }
}

/** Columns that set a row aside by a lease. */
export function aside(now: Date): { readonly lease_until: string } {
  return { lease_until: toColumn(asideUntil(now)) };
}

/**
 * Time until the bot tries an unreadable row again. Meanwhile an operator may repair the row, or a newer replica may
 * handle it.
 */
const ASIDE_MS = 10 * 60_000;

type Table = "watches" | "alerts" | "messages" | "owed" | "history" | "renewals";

function keyOf(table: Table, id: string): string {
  return `${table} ${id}`;
}

/** The result of one claim: the number of claimed rows, and the readable ones. */
interface Taken<C> {
  readonly taken: number;
  readonly readable: readonly C[];
}
