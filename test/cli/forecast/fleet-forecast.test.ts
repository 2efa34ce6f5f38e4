import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openWorld } from "../../../sandbox/world.ts";
import { cli } from "../memory-io.ts";

/** A watchlist of one fleet whose tokens the bot has checked: one ends in 60 days, and `healthy` others never end. */
const aFleet = async (healthy: number) => {
  const world = await openWorld({ mode: "socket" });
  onTestFinished(() => world.close());
  const path = join(world.dataDir, "fleet.jsonl");
  const watchlist = join(world.dataDir, "fleets.yml");
  const lines = [
    { name: "shop", token: world.tokens.sixtyDay },
    ...Array.from({ length: healthy }, (_, index) => ({ name: `hall-${index}`, token: world.tokens.never })),
  ].map((line) => `${JSON.stringify(line)}\n`);
  const write = (text: string): void => writeFileSync(path, text, { mode: 0o600 });
  write(lines.join(""));
  const run = (...argv: readonly string[]) =>
    cli(argv, {
      env: { ...world.env, WATCHLIST: watchlist, WHATSAPP_TOKEN_SOURCE: "", SCHEDULE: "*/5 * * * *" },
      files: { [watchlist]: `watches:\n  - { name: customers, fleet: "file:${path}" }\n` },
      cwd: world.dataDir,
      now: world.clock.now,
    });
  expect(await run("round")).toMatchObject({ code: 0 });
  const forecast = async (...more: readonly string[]) => run("round", "--forecast", "60d", ...more);
  return { path, lines, write, forecast };
};

describe("the forecast of a fleet", () => {
  it("has the messages and remarks of its watches", async () => {
    const { forecast } = await aFleet(1);
    const { code, out, err } = await forecast();
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/ {2}shop {2}Closer to expiry: token expiring, 3 days left\n/);
    expect(out).toMatch(/\nWatches:\n {2}hall-0: this token does not expire\.\n$/);
    expect(JSON.parse((await forecast("--json")).out)).toMatchObject({
      messages: expect.arrayContaining([expect.objectContaining({ watch: "shop", reason: "worse" })]),
      fleets: [],
    });
  });

  it("counts the watches that share a remark when they are many", async () => {
    const { forecast } = await aFleet(21);
    const { out } = await forecast();
    expect(out).toMatch(/\nWatches:\n {2}21 watches: this token does not expire\.\n$/);
    const { remarks } = JSON.parse((await forecast("--json")).out) as { readonly remarks: readonly unknown[] };
    expect(remarks).toHaveLength(21);
  });

  it.each<[string, (fleet: Awaited<ReturnType<typeof aFleet>>) => void, number, RegExp]>([
    ["cannot be read", ({ path }) => rmSync(path), 3, /Could not read file \S+: it does not exist\. Create the file/],
    [
      "has a line that the bot skips",
      ({ lines, write }) => write(`${lines.join("")}broken\n`),
      0,
      /Skipped line 3 is not a JSON object\./,
    ],
  ])("says that its list %s", async (_, spoil, exitCode, message) => {
    const fleet = await aFleet(1);
    spoil(fleet);
    const { code, out } = await fleet.forecast();
    expect([code, out]).toEqual([exitCode, expect.stringMatching(/\n\nFleets:\n {2}customers: .+\n$/)]);
    expect(out).toMatch(message);
    const { out: json } = await fleet.forecast("--json");
    expect(JSON.parse(json)).toMatchObject({
      fleets: [{ fleet: "customers", message: expect.stringMatching(message) }],
    });
  });
});
