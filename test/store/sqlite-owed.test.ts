import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { openSqliteStore } from "../../src/store/open-sqlite.ts";
import { causeOf } from "../../src/watch/cause.ts";
import { useFolder } from "./sqlite-folder.ts";
import { aCard, anAlert, anOutcome, aState, claiming, NOON } from "./states.ts";

const { path } = useFolder();

const CAUSE = "scope_missing app 100000000000042";

/** Copies the one alert that is stored. */
const copyAlert = (database: DatabaseSync, count: number, fields: Readonly<Record<string, string | number | null>>) => {
  const row = { ...database.prepare("select * from alerts where id = 'zebra'").get(), ...fields };
  const columns = Object.keys(row);
  const insert = database.prepare(`insert into alerts (${columns.join()}) values (${columns.map(() => "?").join()})`);
  database.exec("begin");
  for (let index = 0; index < count; index++) {
    const id = `${fields["watch"]}-${index}`;
    insert.run(...Object.values({ ...row, id, watch: id }));
  }
  database.exec("commit");
};

// SQLite answers in this thread: Slack's requests wait as long as one statement takes.
it("what is owed is found at once, however many alerts of other causes are open and however many wait to join", async () => {
  const store = await openSqliteStore({ path: path("wa-token.db"), exclusive: false, causeOf });
  await store.sync([{ name: "zebra", definition: "d" }], NOON);
  const due = { names: ["zebra"], now: NOON, leaseMs: 60_000, limit: 1, which: "due", roundStartedAt: NOON } as const;
  const alert = anAlert({ id: "zebra", card: aCard({ name: "zebra" }) });
  for (const claim of await store.claimDue(due)) await store.saveRound(claim, anOutcome({ state: aState({ alert }) }));
  expect(
    await store.groupAlerts(() => [{ group: "g", cause: CAUSE, channel: alert.card.channel, alerts: ["zebra"] }], NOON),
  ).toBe(1);

  const database = new DatabaseSync(path("wa-token.db"));
  const told = { delivered_revision: 1, replied_revision: 1, replies: "[]" };
  copyAlert(database, 3_000, { ...told, watch: "other", cause: "another", group_id: "h" });
  copyAlert(database, 2_000, { watch: "waits", cause: CAUSE, group_id: null });
  database.close();

  const took: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = performance.now();
    expect(await store.claimUndelivered(claiming())).toEqual([]);
    took.push(performance.now() - before);
  }
  // About one; a look through all open alerts for each that waits takes thousands.
  expect(Math.min(...took)).toBeLessThan(100);
  await store.close();
});
