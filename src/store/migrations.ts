import type { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { watchesAndAlerts } from "./migrations/0001-watches-and-alerts.ts";
import { watchDefinition } from "./migrations/0002-watch-definition.ts";
import { groupsNotesHistory } from "./migrations/0003-groups-notes-history.ts";
import { leaseOwners } from "./migrations/0004-lease-owners.ts";
import { oneOutbox } from "./migrations/0005-one-outbox.ts";
import { renewals } from "./migrations/0006-renewals.ts";
import { largeTables } from "./migrations/0007-large-tables.ts";
import { standing } from "./migrations/0008-standing.ts";
import { graphBudgets } from "./migrations/0009-graph-budgets.ts";
import { urgentDue } from "./migrations/0010-urgent-due.ts";
import type { Schema } from "./tables/schema.ts";
import type { StoreDialect } from "./store-dialect.ts";
import { StoreError } from "./store-error.ts";

/**
 * Steps that have not run yet. Reads only.
 * @param schema where the tables are, in a database with several schemas
 * @throws StoreError when the database is newer than this code
 */
export async function pendingSteps(db: Kysely<Schema>, database: string, schema?: string): Promise<readonly string[]> {
  const taken = await takenSteps(db, schema);
  const unknown = taken.filter((name) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown.length > 0)
    throw new StoreError(
      "newer_schema",
      `The database ${database} was upgraded by a newer version of wa-token (it has ${unknown.join(", ")}). Run that version again, or restore a backup from before the upgrade.`,
    );
  return Object.keys(MIGRATIONS).filter((name) => !taken.includes(name));
}

/** The first step that would change existing tables. Undefined when the database is new or up to date. */
export async function upgradeStep(db: Kysely<Schema>, database: string): Promise<string | undefined> {
  const pending = await pendingSteps(db, database);
  return pending.length < Object.keys(MIGRATIONS).length ? pending[0] : undefined;
}

/**
 * Upgrades the tables in one transaction. When several programs start at once, one upgrades and the others find it
 * done.
 * @throws StoreError when the database is newer than this code
 */
export async function migrate(
  db: Kysely<Schema>,
  { database, lockMigrations, tuneTables }: Pick<StoreDialect, "database" | "lockMigrations" | "tuneTables">,
): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const schema = await lockMigrations(trx);
    const pending = await pendingSteps(trx, database, schema);
    if (pending.length === 0) return;
    const migrator = new Migrator({
      db: trx,
      provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
      ...(schema !== undefined && { migrationTableSchema: schema }),
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    await tuneTables(trx);
  });
}

/** Every step of the schema, by a name that sorts. A released step never changes. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-watches-and-alerts": watchesAndAlerts,
  "0002-watch-definition": watchDefinition,
  "0003-groups-notes-history": groupsNotesHistory,
  "0004-lease-owners": leaseOwners,
  "0005-one-outbox": oneOutbox,
  "0006-renewals": renewals,
  "0007-large-tables": largeTables,
  "0008-standing": standing,
  "0009-graph-budgets": graphBudgets,
  "0010-urgent-due": urgentDue,
};

/** Kysely's default name. The table has one row for each step that ran. */
const STEPS_TABLE = "kysely_migration";

async function takenSteps(db: Kysely<Schema>, schema: string | undefined): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const isOurs = (table: { readonly name: string; readonly schema?: string }): boolean =>
    table.name === STEPS_TABLE && (schema === undefined || table.schema === schema);
  if (!tables.some(isOurs)) return [];
  const taken = await db
    .withTables<{ [STEPS_TABLE]: { name: string } }>()
    .selectFrom(STEPS_TABLE)
    .select("name")
    .execute();
  return taken.map(({ name }) => name);
}
