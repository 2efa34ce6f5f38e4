import { randomUUID } from "node:crypto";
import { type RawBuilder, sql, type SqlBool } from "kysely";
import { latestWritten } from "../token/set-back.ts";
import { toColumn } from "./tables/columns.ts";

/**
 * The latest trusted time, as it is stored. A later time was written before the clock was set back. It is ignored,
 * because it could block all work until the clock reaches it.
 */
export function latestOf(now: Date): string {
  return toColumn(latestWritten(now));
}

/** True for a row without a lease, or with a lease that ended. */
export function isFree(now: Date): RawBuilder<SqlBool> {
  return sql<SqlBool>`(lease_until is null or lease_until <= ${toColumn(now)} or claimed_at > ${latestOf(now)})`;
}

/** Columns that claim rows for a program until the lease ends. */
export function taking({ now, leaseMs }: { readonly now: Date; readonly leaseMs: number }, owner: string): Taken {
  return {
    lease: randomUUID(),
    lease_owner: owner,
    lease_until: toColumn(new Date(now.getTime() + leaseMs)),
    claimed_at: toColumn(now),
  };
}

/** Columns that release a claim. */
export const GIVEN_BACK = { lease: null, lease_owner: null, lease_until: null } as const;

/** Columns that end a series of failed tries. */
export const SUCCEEDED = { failures: 0, retry_at: null, last_error: null } as const;

/** Columns of a failed try. They also release the claim. */
export function failing({ error, retryAt, isRefused = false }: Failed) {
  return {
    ...(isRefused && { failures: sql<number>`failures + 1` }),
    retry_at: toColumn(retryAt),
    last_error: error,
    ...GIVEN_BACK,
  };
}

interface Taken {
  readonly lease: string;
  readonly lease_owner: string;
  readonly lease_until: string;
  readonly claimed_at: string;
}

interface Failed {
  readonly error: string;
  readonly retryAt: Date;
  /** True: the try counts as a refusal. */
  readonly isRefused?: boolean;
}
