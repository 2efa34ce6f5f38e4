import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { deliverLeft } from "./deliver-left.ts";
import { KILLED, readLeft, standings, unpack } from "./killed-databases.ts";
import { useFolder } from "../sqlite/sqlite-folder.ts";
import { BEFORE_ONE_OUTBOX, type OldSteps } from "./upgrade.ts";

/** Copies the rows of killed bots into any database. */
export const killedUpgrade = ({ db, open, takeSteps }: OldSteps): void => {
  const { path } = useFolder();

  describe.each(KILLED)("with what a killed bot left: %s", (name) => {
    it("keeps the place of each message, and delivers the rest once", async () => {
      const left = await readLeft(name);
      await unpack(name, path("left.db"));
      await takeSteps(BEFORE_ONE_OUTBOX);
      for (const [table, rows] of readRows(path("left.db")))
        for (const row of rows) await db().insertInto(table).values(row).execute();
      const store = await open();
      const all = standings(left);
      for (const { alert, home } of all) {
        if (alert.resolved || home === null) continue;
        const { ts, channel } = home;
        const found = await store.findAlerts({ kind: "alert", id: alert.id });
        expect(found).toMatchObject({ message: { ref: { ts, channel } } });
      }
      const { introduced, said } = await deliverLeft(store, left.at);
      const isNew = new Set(all.filter((standing) => standing.isNew).map(({ alert }) => alert.id));
      expect(introduced.filter((id) => !isNew.has(id))).toEqual([]);
      expect(new Set(introduced).size).toBe(introduced.length);
      expect(new Set(said.map((word) => JSON.stringify(word))).size).toBe(said.length);
      expect(await store.undelivered()).toEqual([]);
    });
  });
};

const Rows = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()])));

const readRows = (file: string) => {
  using database = new DatabaseSync(file, { readOnly: true });
  const read = (table: string) => Rows.parse(database.prepare(`select * from "${table}"`).all());
  return (["watches", "alerts", "groups", "notes"] as const).map((table) => [table, read(table)] as const);
};
