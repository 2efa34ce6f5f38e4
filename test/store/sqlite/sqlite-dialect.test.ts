import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSqliteDialect } from "../../../src/store/sqlite/dialect.ts";

let db: Kysely<Record<string, never>>;
beforeEach(() => {
  db = new Kysely({ dialect: createSqliteDialect(new DatabaseSync(":memory:")) });
});
afterEach(async () => {
  await db.destroy();
});

const first = async (value: unknown): Promise<unknown> => {
  const { rows } = await sql<{ value: unknown }>`select ${value} as value`.execute(db);
  return rows[0]?.value;
};

describe("values bound to SQLite", () => {
  it.each([
    ["a text", "x", "x"],
    ["a number", 7, 7],
    ["nothing", null, null],
  ])("%s arrives unchanged, also as the first parameter", async (_name, value, stored) => {
    expect(await first(value)).toBe(stored);
  });

  // node:sqlite treats a leading object as named parameters, so a date would silently become NULL.
  it.each([
    ["an object", { a: 1 }],
    ["undefined", undefined],
    ["a truth value", true],
    ["a date", new Date("2026-11-22T08:00:00Z")],
  ])("%s is refused instead of becoming NULL", async (_name, value) => {
    await expect(first(value)).rejects.toThrow(/cannot bind/);
  });
});
