import { type Kysely, type RawBuilder, sql, type SqlBool } from "kysely";
import type { State } from "../../token/findings/finding.ts";
import type { Tally, WatchStore } from "../../watch/ports.ts";
import { RANKS } from "../../watch/standing.ts";
import type { StoreBase } from "../store-base.ts";
import { countAll } from "../tables/columns.ts";
import type { Schema, WatchesTable } from "../tables/schema.ts";
import type { Unreadable } from "../tables/unreadable.ts";
import { createReadRecords } from "./read-records.ts";

/** Watches worst first, and their counts. Both read the columns of the standing, and no verdict that they do not return. */
export function createWorst(base: Pick<StoreBase, "db" | "unreadable">): Pick<WatchStore, "worst" | "tally" | "names"> {
  const { db, unreadable } = base;
  const recordsOf = createReadRecords(base);
  return {
    worst: async ({ which, part, after, limit }) => {
      const { rank, state } = seenBy(unreadable);
      let rows = db
        .selectFrom("watches")
        .selectAll()
        .select([rank.as("shown_rank"), state.as("shown_state")])
        .orderBy(rank)
        .orderBy(state)
        .orderBy("ends_at")
        .orderBy("name")
        // One more row tells whether another page exists.
        .limit(limit + 1);
      if (which === "attention" || which === "unalerted") rows = rows.where(sql<SqlBool>`${needsAttention(rank)}`);
      if (which === "open") rows = rows.where(isOpen);
      if (which === "unalerted") rows = rows.where(sql<SqlBool>`not ${isOpen}`);
      if (part !== undefined) rows = rows.where(contains(part));
      const last = after === undefined ? undefined : readPlace(after);
      if (last !== undefined) rows = rows.where(sql<SqlBool>`(${rank}, ${state}, ends_at, name) > (${sql.join(last)})`);
      const found = await rows.execute();
      const shown = found.slice(0, limit);
      const end = shown.at(-1);
      return {
        records: await recordsOf(shown),
        next: found.length > limit && end !== undefined ? placeOf(end) : null,
      };
    },

    tally: async (part) => {
      const { rank, state } = seenBy(unreadable);
      let groups = db
        .selectFrom("watches")
        .select([rank.as("shown_rank"), state.as("shown_state"), countAll.as("count")])
        // By alias: PostgreSQL does not see that two expressions with values of their own are the same.
        .groupBy([sql.ref("shown_rank"), sql.ref("shown_state")]);
      if (part !== undefined) groups = groups.where(contains(part));
      return tallyOf(await groups.execute(), await countOpen(db, part));
    },

    names: async (part, limit) => {
      const rows = await db
        .selectFrom("watches")
        .select("name")
        .where(contains(part))
        .orderBy(sql`case when lower(name) = ${part.toLowerCase()} then 0 else 1 end`)
        .orderBy(sql`length(name)`)
        .orderBy("name")
        .limit(limit)
        .execute();
      return rows.map(({ name }) => name);
    },
  };
}

/** Not `exists`: SQLite would first read all open alerts for a filter. */
const isOpen = sql<SqlBool>`(
  (select 1 from alerts where alerts.watch = watches.name and alerts.resolved_at is null limit 1) is not null)`;

/** A watch that waits for its first check needs nobody yet. */
function needsAttention(rank: RawBuilder<number>): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${rank} < ${sql.lit(RANKS.well)} and ${rank} <> ${sql.lit(RANKS.waiting)})`;
}

function contains(part: string): RawBuilder<SqlBool> {
  const literal = part.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`);
  return sql<SqlBool>`lower(watches.name) like ${`%${literal}%`} escape '\\'`;
}

/** Rank and state of a row. A row that this program cannot read is `unknown`, whatever was stored with it. */
function seenBy(unreadable: Pick<Unreadable, "known">): {
  readonly rank: RawBuilder<number>;
  readonly state: RawBuilder<State>;
} {
  const bad = unreadable.known().flatMap(({ table, id }) => (table === "watches" ? [id] : []));
  if (bad.length === 0) return { rank: sql<number>`rank`, state: sql<State>`state` };
  // A statement takes only so many values. With more unreadable rows than that, nothing is known.
  const isBad = bad.length > MOST_BAD ? sql<SqlBool>`1 = 1` : sql<SqlBool>`watches.name in (${sql.join(bad)})`;
  return {
    rank: sql<number>`case when ${isBad} then ${sql.lit(UNREADABLE)} else rank end`,
    state: sql<State>`case when ${isBad} then 'unknown' else state end`,
  };
}

const MOST_BAD = 1_000;

/** Before the other unknown ones. */
const UNREADABLE = RANKS.unknown - 1;

interface Group {
  readonly shown_rank: number;
  readonly shown_state: State;
  readonly count: number;
}

function tallyOf(groups: readonly Group[], open: number): Tally {
  const sum = (some: readonly Group[]): number => some.reduce((all, { count }) => all + count, 0);
  const total = sum(groups);
  const waiting = sum(groups.filter(({ shown_rank }) => shown_rank === RANKS.waiting));
  const well = sum(groups.filter(({ shown_rank }) => shown_rank === RANKS.well));
  const states = Map.groupBy(groups, ({ shown_state }) => shown_state);
  return {
    total,
    waiting,
    attention: total - waiting - well,
    open,
    states: new Map([...states].map(([state, alike]) => [state, sum(alike)])),
  };
}

/** With a range of names, SQLite reads the index of the open alerts instead of all alerts. */
async function countOpen(db: Kysely<Schema>, part: string | undefined): Promise<number> {
  const open = db
    .selectFrom("alerts")
    .select(countAll.as("count"))
    .where("resolved_at", "is", null)
    .where("alerts.watch", ">", "");
  const { count } = await (
    part === undefined ? open : open.innerJoin("watches", "watches.name", "alerts.watch").where(contains(part))
  ).executeTakeFirstOrThrow();
  return count;
}

function placeOf(
  row: Pick<WatchesTable, "ends_at" | "name"> & { readonly shown_rank: number; readonly shown_state: State },
): string {
  return `${row.shown_rank} ${row.shown_state} ${row.ends_at} ${row.name}`;
}

/** Undefined for a text of another form: the page is then the first. */
function readPlace(text: string): readonly [number, string, string, string] | undefined {
  const [, rank, state, endsAt, name] = /^(\d{1,3}) ([a-z]+) (\S+) (.+)$/u.exec(text) ?? [];
  return rank === undefined || state === undefined || endsAt === undefined || name === undefined
    ? undefined
    : [Number(rank), state, endsAt, name];
}
