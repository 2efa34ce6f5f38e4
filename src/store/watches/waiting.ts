import { type Kysely, type RawBuilder, sql, type SqlBool } from "kysely";
import type { ClaimDueOptions } from "../../watch/ports.ts";
import { isFree, latestOf } from "../claiming.ts";
import { toColumn } from "../tables/columns.ts";
import { breathe, PLAIN } from "../tables/batches.ts";
import type { Schema, WatchesTable } from "../tables/schema.ts";

/**
 * Yields the names of free watches that a round wants, longest overdue first, in batches. Reads without locks. Each
 * query is one range of an index.
 * @param size names in the first batch. The next ones are larger, because many of these watches may not be wanted
 */
export async function* waitingWatches(
  db: Kysely<Schema>,
  options: ClaimDueOptions,
  size: number,
): AsyncGenerator<readonly string[]> {
  for (const range of rangesOf(options)) {
    let most = size;
    const read = async (last: Waiting | undefined): Promise<readonly Waiting[]> => {
      const next = firstIn(range, db, options).select(["name", "next_due_at", "checked_at", "urgent_at"]).limit(most);
      return (last === undefined ? next : next.where(isAfter(range.column, last))).execute();
    };
    for (let last: Waiting | undefined; ; await breathe()) {
      const rows = await read(last);
      if (rows.length > 0) yield rows.map(({ name }) => name);
      if (rows.length < most) break;
      last = rows.at(-1);
      most = Math.max(size, PLAIN);
    }
  }
}

/**
 * True when a free watch waits that a round wants. One query, because at most ticks there is none, and each query of
 * PostgreSQL takes a round trip. It reads the first entry of each range, so however many watches there are, a tick with
 * nothing due reads nothing. Inside `exists`, PostgreSQL ignores the order and may scan the table instead.
 */
export async function isAnyWaiting(db: Kysely<Schema>, options: ClaimDueOptions): Promise<boolean> {
  const firsts = rangesOf(options).map((range) => firstIn(range, db, options).select("name").limit(1));
  const { any } = await db
    .selectNoFrom((eb) => eb.or(firsts.map((first) => eb(first, "is not", null))).as("any"))
    .executeTakeFirstOrThrow();
  return Boolean(any);
}

/**
 * SQL that is true for a due watch that this round has not checked yet. A watch without a check is always due. So is a
 * watch whose last check is in the future, because a wrong clock wrote that time.
 */
export function isWanted({ now, which, roundStartedAt }: ClaimDueOptions): RawBuilder<SqlBool> {
  const unchecked = sql<SqlBool>`(checked_at is null or checked_at > ${latestOf(now)})`;
  return which === "all"
    ? sql<SqlBool>`(${unchecked} or checked_at < ${toColumn(roundStartedAt)})`
    : sql<SqlBool>`(${unchecked} or (checked_at < ${toColumn(roundStartedAt)} and next_due_at <= ${toColumn(now)}))`;
}

type Waiting = Pick<WatchesTable, "name" | "next_due_at" | "checked_at" | "urgent_at">;

interface Range {
  /** The first column of the index. */
  readonly column: "next_due_at" | "checked_at" | "urgent_at";
  readonly isIn: RawBuilder<SqlBool>;
}

/** Selects the wanted watches of a range in the order of its index. */
function firstIn({ column, isIn }: Range, db: Kysely<Schema>, options: ClaimDueOptions) {
  return db
    .selectFrom("watches")
    .where(isIn)
    .where(isFree(options.now))
    .where(isWanted(options))
    .orderBy(column)
    .orderBy("name");
}

/** Disjoint ranges that hold every wanted watch, or with `onlyUrgent` every urgent one of them. */
function rangesOf({ now, which, onlyUrgent = false }: ClaimDueOptions): readonly Range[] {
  const isDue = which === "all" ? sql<SqlBool>`next_due_at is not null` : sql<SqlBool>`next_due_at <= ${toColumn(now)}`;
  if (onlyUrgent)
    return [
      { column: "next_due_at", isIn: sql<SqlBool>`urgent_at <= next_due_at and ${isDue}` },
      { column: "urgent_at", isIn: sql<SqlBool>`urgent_at > next_due_at and urgent_at <= ${toColumn(now)}` },
    ];
  if (which === "all") return [{ column: "next_due_at", isIn: isDue }];
  const isLater = sql<SqlBool>`next_due_at > ${toColumn(now)}`;
  return [
    { column: "next_due_at", isIn: isDue },
    // Only after a clock was set back.
    { column: "checked_at", isIn: sql<SqlBool>`checked_at is null and ${isLater}` },
    { column: "checked_at", isIn: sql<SqlBool>`checked_at > ${latestOf(now)} and ${isLater}` },
  ];
}

function isAfter(column: Range["column"], last: Waiting): RawBuilder<SqlBool> {
  const { name, next_due_at, checked_at, urgent_at } = last;
  if (column === "urgent_at") return sql<SqlBool>`(urgent_at, name) > (${urgent_at}, ${name})`;
  if (column === "next_due_at") return sql<SqlBool>`(next_due_at, name) > (${next_due_at}, ${name})`;
  return checked_at === null
    ? sql<SqlBool>`name > ${name}`
    : sql<SqlBool>`(checked_at, name) > (${checked_at}, ${name})`;
}
