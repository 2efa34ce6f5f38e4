import { randomUUID } from "node:crypto";
import { type RawBuilder, sql, type SqlBool } from "kysely";
import { toColumn } from "./columns.ts";

/**
 * What was noted by a clock that is ahead by more than this was noted before that clock was set back, and binds nobody:
 * else a clock set back a day would keep everything waiting for a day. Replicas' clocks differ by far less.
 */
const AHEAD_MS = 5 * 60_000;

/** Nothing that a right clock noted lies after this. */
export const latestOf = (now: Date): string => toColumn(new Date(now.getTime() + AHEAD_MS));

/** Nobody has taken the row, or their lease has ended. */
export const isFree = (now: Date): RawBuilder<SqlBool> =>
  sql<SqlBool>`(lease_until is null or lease_until <= ${toColumn(now)} or claimed_at > ${latestOf(now)})`;

interface Taken {
  readonly lease: string;
  readonly lease_owner: string;
  readonly lease_until: string;
  readonly claimed_at: string;
}

/** The columns that take rows for a program until the lease ends. */
export const taking = ({ now, leaseMs }: { readonly now: Date; readonly leaseMs: number }, owner: string): Taken => ({
  lease: randomUUID(),
  lease_owner: owner,
  lease_until: toColumn(new Date(now.getTime() + leaseMs)),
  claimed_at: toColumn(now),
});

/** The columns that give rows back. */
export const GIVEN_BACK = { lease: null, lease_owner: null, lease_until: null } as const;

/** The columns that end a series of failed tries. */
export const SUCCEEDED = { failures: 0, retry_at: null, last_error: null } as const;

interface Failed {
  readonly error: string;
  readonly retryAt: Date;
  /** Counts among the refusals. */
  readonly isRefused?: boolean;
}

/** The columns of a failed try; it also gives the row back. */
export const failing = ({ error, retryAt, isRefused = false }: Failed) => ({
  ...(isRefused && { failures: sql<number>`failures + 1` }),
  retry_at: toColumn(retryAt),
  last_error: error,
  ...GIVEN_BACK,
});
