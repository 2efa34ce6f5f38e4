import type { Alert } from "../watch/alert.ts";
import type { AlertChange, WatchStore } from "../watch/ports.ts";
import { saveChanges } from "./alerts.ts";
import { alertFromRow } from "./codec.ts";
import { groupFromRow, readMembers } from "./group-members.ts";
import type { StoreBase } from "./store-base.ts";

/** Changes every open alert of a group as a person asked, all or nothing. */
export const createChangeGroup =
  (base: StoreBase): WatchStore["changeGroup"] =>
  (id, change) =>
    base.db.transaction().execute(async (trx) => {
      const row = await trx.selectFrom("groups").selectAll().where("id", "=", id).executeTakeFirst();
      if (row === undefined) return undefined;
      const changed: Alert[] = [];
      let open = 0;
      const members = readMembers(trx, id, (query) => base.dialect.lockRows(query, "wait"));
      for await (const rows of members) {
        // Told apart here: asked for in the statement, it would lead PostgreSQL away from the group's own index.
        const alive = rows.filter(({ resolved_at }) => resolved_at === null);
        const changes = alive
          .map((member) => change(alertFromRow(member)))
          .filter((made): made is AlertChange => made !== undefined);
        await saveChanges(trx, base, changes);
        changed.push(...changes.map(({ alert }) => alert));
        open += alive.length - changes.filter(({ alert }) => alert.resolvedAt !== null).length;
      }
      return { group: groupFromRow(row), changed, open };
    });
