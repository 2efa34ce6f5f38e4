import type { Logger } from "pino";
import { toColumn } from "./columns.ts";
import { StoreError } from "./store-error.ts";

/** Until it is tried again: somebody may have repaired it, or a replica of the version that wrote it has taken it. */
const ASIDE_MS = 10 * 60_000;

/** When a row that could not be read is taken again. */
export const asideUntil = (now: Date): Date => new Date(now.getTime() + ASIDE_MS);

type Table = "watches" | "alerts" | "messages" | "owed" | "history";

export interface UnreadableRow {
  readonly table: Table;
  readonly id: string;
  /** Which row it is and what to do. */
  readonly message: string;
}

/** What this program could not read; the rows beside it are none the worse for it. */
export interface Unreadable {
  /** Reads a row; undefined when it cannot be read, which is logged once. */
  readonly read: <T>(table: Table, id: string, decode: () => T) => T | undefined;
  readonly messageOf: (table: Table, id: string) => string | undefined;
  readonly known: () => readonly UnreadableRow[];
  readonly forget: (row: UnreadableRow) => void;
}

const keyOf = (table: Table, id: string): string => `${table} ${id}`;

export const createUnreadable = (log: Pick<Logger, "warn"> | undefined): Unreadable => {
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
};

/** What one taking gave: rows taken, and those of them that could be read. */
interface Taken<C> {
  readonly taken: number;
  readonly readable: readonly C[];
}

/** Takes as many as asked for: for each that cannot be read, and is set aside by `take`, another one. */
export const takeReadable = async <C>(
  limit: number,
  take: (limit: number) => Promise<Taken<C>>,
): Promise<readonly C[]> => {
  const claims: C[] = [];
  for (;;) {
    const { taken, readable } = await take(limit - claims.length);
    claims.push(...readable);
    if (readable.length === taken) return claims;
  }
};

/** The columns of a lease that keeps a row aside. */
export const aside = (now: Date): { readonly lease_until: string } => ({ lease_until: toColumn(asideUntil(now)) });
