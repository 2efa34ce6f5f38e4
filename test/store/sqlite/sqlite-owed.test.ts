import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import { eachAlone } from "../contract/contract-store.ts";
import { useFolder } from "./sqlite-folder.ts";
import { aCard, anAlert, anOutcome, aState, claiming, minutes, NOON } from "../contract/states.ts";
import { saveRound } from "../../support/save-round.ts";

const { path } = useFolder();

/** Copies the row of a table, with different fields for each copy. */
const copy = (
  database: DatabaseSync,
  table: string,
  count: number,
  fields: (index: number) => Readonly<Record<string, string | number | null>>,
): void => {
  const row = database.prepare(`select * from ${table}`).get();
  const columns = Object.keys({ ...row });
  const insert = database.prepare(`insert into ${table} (${columns.join()}) values (${columns.map(() => "?").join()})`);
  database.exec("begin");
  for (let index = 0; index < count; index++) insert.run(...Object.values({ ...row, ...fields(index) }));
  database.exec("commit");
};

// SQLite works in this thread, so Slack's requests wait for each statement.
it("due rows are found quickly behind any number of waiting rows and alerts", async () => {
  const store = await openSqliteStore({ path: path("wa-token.db"), exclusive: false });
  await store.sync([{ name: "zebra", definition: "d" }], NOON);
  const due = { names: ["zebra"], now: NOON, leaseMs: 60_000, limit: 1, which: "due", roundStartedAt: NOON } as const;
  const alert = anAlert({ id: "zebra", card: aCard({ name: "zebra" }) });
  for (const claim of await store.claimDue(due)) await saveRound(store, claim, anOutcome({ state: aState({ alert }) }));
  await store.regroup(eachAlone, NOON);

  const database = new DatabaseSync(path("wa-token.db"));
  const [home, cause] = [alert.card.channel, "another"];
  copy(database, "alerts", 5_000, (index) => ({ id: `a${index}`, watch: `a${index}`, cause, message_id: `m${index}` }));
  copy(database, "messages", 5_000, (index) => ({
    id: `m${index}`,
    subject: `a${index}`,
    channel: home,
    ts: `${index}.1`,
    retry_at: "2999-01-01T00:00:00.000Z",
  }));
  copy(database, "owed", 15_000, (index) => {
    const of = index % 5_000;
    return {
      id: `r${index}`,
      alert_id: `a${of}`,
      message_id: `m${of}`,
      what: "content",
      at: "2026-11-22T11:00:00.000Z",
    };
  });
  database.exec("analyze");
  database.close();

  const took: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = performance.now();
    const claims = await store.claim(claiming({ now: minutes(round) }));
    took.push(performance.now() - before);
    expect(claims.map(({ message }) => message.subject)).toEqual(["zebra"]);
  }
  // About 20 ms when all rows of the place are scanned. A scan of the alerts for each row takes seconds.
  expect(Math.min(...took)).toBeLessThan(100);
  await store.close();
});
