import type { Kysely } from "kysely";
import type { Budget } from "../../watch/budget/budget.ts";
import type { WatchStore } from "../../watch/ports.ts";
import type { StoreBase } from "../store-base.ts";
import { BudgetJson } from "../tables/budget-json.ts";
import { readJson, toColumn, writeJson } from "../tables/columns.ts";
import type { GraphBudgetsTable, Schema } from "../tables/schema.ts";

/** The budgets of Meta apps, one row for each app. */
export function createBudgetsPart({ db, dialect }: StoreBase): Pick<WatchStore, "budgets" | "shareBudget"> {
  return {
    budgets: () => readBudgets(db),

    shareBudget: async (app, merge, now) =>
      db.transaction().execute(async (trx) => {
        const stored = trx.selectFrom("graph_budgets").selectAll().where("app", "=", app);
        const [row] = await dialect.lockRows(stored, "wait").execute();
        const [known] = row === undefined ? [] : withoutUnreadable(row);
        const merged = merge(known ?? null);
        const body = writeJson(BudgetJson, merged);
        if (body === row?.body) return merged;
        const columns = { body, saved_at: toColumn(now) };
        await trx
          .insertInto("graph_budgets")
          .values({ app, ...columns })
          // Another program may add the first row at the same moment. Its next report corrects the budget.
          .onConflict((conflict) => conflict.column("app").doUpdateSet(columns))
          .execute();
        return merged;
      }),
  };
}

/** The budgets by the ID of their app. */
export async function readBudgets(db: Kysely<Schema>): Promise<ReadonlyMap<string, Budget>> {
  const rows = await db.selectFrom("graph_budgets").selectAll().orderBy("app").execute();
  return new Map(rows.flatMap((row) => withoutUnreadable(row).map((budget) => [row.app, budget] as const)));
}

/** An unreadable budget counts as unknown, and the next answer of Graph replaces it. */
function withoutUnreadable({ app, body }: GraphBudgetsTable): readonly Budget[] {
  try {
    return [readJson(BudgetJson, body, `budget of the Meta app ${app}`)];
  } catch {
    return [];
  }
}
