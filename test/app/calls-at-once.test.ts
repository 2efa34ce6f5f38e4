import { expect, it } from "vitest";
import { aFleet, callsOf } from "./budget-fleet.ts";

it("as many inspections run at once as the configuration says, each with a connection", async () => {
  const fleet = await aFleet(600);
  fleet.graph.delayMs = 300;
  expect(await callsOf(fleet, fleet.aProgram())).toBe(600);
  expect(fleet.graph.mostRunning).toBe(100);
});
