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

type Fleet = Awaited<ReturnType<typeof aFleet>>;

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

  it.each<[string, (fleet: Fleet) => void, "incomplete" | "skipped", RegExp]>([
    [
      "cannot be read",
      ({ path }) => rmSync(path),
      "incomplete",
      /Could not read file \S+: it does not exist\. Create the file/,
    ],
    [
      "has at most half of its watches",
      ({ lines, write }) => write(lines.slice(0, 2).join("")),
      "incomplete",
      /The list has 2 watches, and had 4 before\. .* the bot inspects 2 of 4 watches/,
    ],
    [
      "has a malformed line",
      ({ lines, write }) => write(`${lines.join("")}broken\n`),
      "skipped",
      /Skipped line 5 is not a JSON object\./,
    ],
    [
      "has a name twice",
      ({ lines, write }) => write(lines.join("") + String(lines[0])),
      "skipped",
      /Skipped line 5 has a name that another watch has\./,
    ],
  ])("says that its list %s", async (_, spoil, code, message) => {
    const fleet = await aFleet(3);
    spoil(fleet);
    const shown = await fleet.forecast();
    const exitCode = code === "incomplete" ? 3 : 0;
    expect([shown.code, shown.out]).toEqual([
      exitCode,
      expect.stringMatching(/\n\nFleets \(as at a start of the bot\):\n {2}customers: .+\n$/),
    ]);
    expect(shown.out).toMatch(message);
    const { out: json } = await fleet.forecast("--json");
    expect(JSON.parse(json)).toMatchObject({
      fleets: [{ fleet: "customers", code, text: expect.stringMatching(message) }],
    });
  });

  it("does not say that there are no messages when the fleet is missing", async () => {
    const { path, forecast } = await aFleet(1);
    rmSync(path);
    expect((await forecast()).out).toContain(
      "\nNo messages are known, because the list of a fleet is missing or incomplete.\n",
    );
  });
});
