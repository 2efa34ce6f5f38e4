// Measures the store's outbox: `node bench/outbox.ts`. It uses 100,000 watches, 5,000 open alerts and 20,000 owed rows
// in 50 channels, with SQLite in a file, and with PostgreSQL where its programs are installed.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { openPostgresStore } from "../src/store/postgres/open-postgres.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite.ts";
import type { MessageClaim } from "../src/outbox/outbox.ts";
import { planPlaces } from "../src/outbox/plan-places.ts";
import type { WatchStore } from "../src/watch/ports.ts";
import { findBinaries, startPostgres } from "../test/support/postgres-server.ts";
import { serverAt } from "../test/support/postgres.ts";
import { aCard, anAlert, anOutcome, aState, claiming, NOON } from "../test/store/contract/states.ts";
import { saveRound } from "../test/support/save-round.ts";

const WATCHES = 100_000;
const ALERTS = 5_000;
const CHANNELS = 50;
const ROWS_OF_ALERT = 4;
const ROUNDS = 15;

/** Runs SQL directly on the store's database. */
type Run = (sql: string) => Promise<void>;

const folder = await mkdtemp(join(tmpdir(), "wa-token-bench-"));
try {
  const path = join(folder, "wa-token.db");
  const sqlite = await openSqliteStore({ path, exclusive: false });
  using database = new DatabaseSync(path);
  await measure("SQLite", sqlite, async (sql) => database.exec(sql));
  await sqlite.close();
  await overPostgres();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function overPostgres(): Promise<void> {
  const binaries = await findBinaries();
  if (typeof binaries === "string") return;
  const { port, stop } = await startPostgres(binaries);
  const server = serverAt(port, "postgres");
  const store = await openPostgresStore({ server, pool: 5 });
  const client = new pg.Client({ host: server.host, port, user: server.user, database: server.database });
  await client.connect();
  await measure("PostgreSQL", store, async (sql) => {
    await client.query(sql);
  });
  await client.end();
  await store.close();
  await stop();
}

async function measure(name: string, store: WatchStore, run: Run): Promise<void> {
  await fill(store, run);
  const place = (index: number): string => `C${index}`;
  const all = Array.from({ length: CHANNELS }, (_, index) => place(index));
  let now = NOON.getTime();
  /** Claims messages one minute later each time, when the earlier claims have been released. */
  const taken = async (limit: number, except: readonly string[]): Promise<readonly MessageClaim[]> =>
    store.claim(claiming({ now: new Date((now += 60_000)), limit, except }));
  const [claims, sends]: [number[], number[]] = [[], []];
  await report(name, "claim, one free place", async () => store.release(await taken(1, all.slice(1))));
  await report(name, "claim, all 50 places", async () => store.release(await taken(CHANNELS, [])));
  await report(name, "claim, nothing to find", async () => store.release(await taken(CHANNELS, all)));
  await report(name, "undelivered", async () => store.undelivered());
  await report(name, "regroup, nothing to do", async () => store.regroup(plan, new Date(now)));
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    const some = await taken(CHANNELS, []);
    claims.push(performance.now() - begun);
    const before = performance.now();
    await store.sent(some.map((claim) => postOf(claim, now)));
    sends.push(performance.now() - before);
    await store.release(some);
  }
  say(name, "claim of 50 that are posted", claims);
  say(name, "sent, 50 posts at once", sends);
  await report(name, "claim and sent, one post", async () => {
    const one = await taken(1, []);
    await store.sent(one.map((claim) => postOf(claim, now)));
    await store.release(one);
  });
}

function plan(candidates: Parameters<typeof planPlaces>[0]) {
  return planPlaces(candidates, {
    now: NOON,
    newId: () => "new",
    mayJoin: () => true,
    repeatCriticalMs: 4 * 3_600_000,
  });
}

function postOf(claim: MessageClaim, now: number) {
  const call = { kind: "post", settles: claim.owed.map(({ id }) => id) } as const;
  const ref = { channel: claim.message.routes[0] ?? "", ts: `${claim.message.id}.1` };
  return { claim, call, ref, at: new Date(now) };
}

/** Saves one watch and its alert through the store and copies their rows for all others. */
async function fill(store: WatchStore, run: Run): Promise<void> {
  await store.sync([{ name: "w0", definition: "d" }], NOON);
  const due = { names: ["w0"], now: NOON, leaseMs: 60_000, limit: 1, which: "due", roundStartedAt: NOON } as const;
  const alert = anAlert({ id: "a0", card: aCard({ name: "w0", channel: "C0" }) });
  for (const claim of await store.claimDue(due)) await saveRound(store, claim, anOutcome({ state: aState({ alert }) }));
  const place = (id: string): string => `'C' || (${id} % ${CHANNELS})`;
  const numbers = (count: number): string =>
    `with recursive number (n) as (select 1 union all select n + 1 from number where n + 1 < ${count})`;
  await run("delete from owed");
  await run(`insert into watches (name, definition, next_due_at)
    ${numbers(WATCHES)} select 'w' || n, 'd', '2026-11-22T12:00:00.000Z' from number`);
  await run(`insert into alerts (id, watch, opened_at, revision, body, severity, card_channel, cause, message_id)
    ${numbers(ALERTS)} select 'a' || n, 'w' || n, opened_at, ${ROWS_OF_ALERT}, body, severity, ${place("n")}, 'cause ' || n,
      'm' || n from number, alerts where alerts.id = 'a0'`);
  await run("update alerts set message_id = 'm0' where id = 'a0'");
  await run(`insert into messages (id, kind, subject, routes, route, created_at, failures)
    ${numbers(ALERTS + 1)}, wanted (n) as (select n - 1 from number)
    select 'm' || n, 'alert', 'a' || n, '["C' || (n % ${CHANNELS}) || '"]', ${place("n")}, '2026-11-22T12:00:00.000Z', 0
      from wanted`);
  for (let row = 1; row <= ROWS_OF_ALERT; row++)
    await run(`insert into owed (id, message_id, alert_id, revision, what, priority, at, notice, told_elsewhere)
      ${numbers(ALERTS + 1)}, wanted (n) as (select n - 1 from number)
      select 'a' || n || '/${row}/joined', 'm' || n, 'a' || n, ${row}, 'joined', 1 + n % 2, '2026-11-22T12:00:00.000Z', 0, 0
        from wanted`);
  await run("analyze");
}

async function report(name: string, what: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  say(name, what, times);
}

function say(name: string, what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2);
  process.stdout.write(`${name.padEnd(11)}${what.padEnd(30)}median ${at(0.5)} ms, slowest ${at(1)} ms\n`);
}
