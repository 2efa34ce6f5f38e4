import { describe, expect, it } from "vitest";
import { postgres, useDatabase } from "../support/postgres-database.ts";
import { aFleet, callsOf, limited } from "./budget-fleet.ts";

describe.skipIf(postgres === null)("a limit of Meta, with replicas on PostgreSQL", () => {
  const database = useDatabase("empty");

  it("pauses all of them", async () => {
    const { port, database: name } = database().server;
    const fleet = await aFleet(30, `postgres://postgres@127.0.0.1:${String(port)}/${name}`);
    fleet.graph.reply = () => limited;
    const [one, two] = [fleet.aProgram(), fleet.aProgram()];
    expect(await callsOf(fleet, one)).toBeGreaterThan(0);
    expect(await callsOf(fleet, two)).toBe(0);
  });
});
