import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { openWorld, type World } from "../../../sandbox/world.ts";
import { cli } from "../memory-io.ts";

let world: World;
let token: string;
beforeAll(async () => {
  world = await openWorld({ mode: "socket" });
  token = world.graph.issueToken({ label: "fleet", issuedAt: world.clock.now(), expiresAt: "never" });
});
afterAll(() => world.close());

const run = async (argv: readonly string[], watches = "", extra = "") => {
  const path = join(world.dataDir, "fleet.jsonl");
  const lines = [
    { name: "shop", source: "env:SHOP_TOKEN", phoneNumberId: demoIds.phone },
    { name: "hall", token, phoneNumberId: demoIds.phone },
  ];
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join("") + extra);
  const watchlist = join(world.dataDir, "fleets.yml");
  // These commands need nothing of Slack.
  const env = Object.fromEntries(
    Object.entries(world.env).filter(([name]) => !/SLACK|CHANNEL|USERS|WHATSAPP_TOKEN/.test(name)),
  );
  return cli(argv, {
    env: { ...env, WATCHLIST: watchlist, SHOP_TOKEN: token },
    files: { [watchlist]: `watches:\n${watches}  - { name: customers, fleet: "file:${path}" }\n` },
    cwd: world.dataDir,
    now: world.clock.now,
  });
};

const FIXED = `  - { name: fixed, source: "env:SHOP_TOKEN" }\n`;

describe("a watch of a fleet", () => {
  it.each(["shop", "hall", "`hall`"])("is checked by its name: %s", async (name) => {
    const { code, out, err } = await run(["check", "--watch", name], FIXED);
    expect([code, out]).toEqual([0, expect.stringMatching(/^\S* ?HEALTHY/)]);
    expect(out + err).not.toContain(token);
  });

  it("has its IDs in the guide", async () => {
    const { code, out } = await run(["guide", "--watch", "hall"]);
    expect([code, out]).toEqual([0, expect.stringContaining(demoIds.phone)]);
  });

  it("can be named for a renewal", async () => {
    const { code, err } = await run(["renew", "--watch", "shop", "--dry-run"]);
    // The renewal is refused for the reason of this token, so the watch was found.
    expect([code, err]).toEqual([2, expect.stringContaining("no place to save a new token")]);
  });

  it.each([
    ["check", "--watch", "shap"],
    ["renew", "--watch", "shap"],
    ["guide", "--watch", "shap"],
    ["audit", "--watch", "shap"],
  ])("that no fleet has is an error: %s %s %s", async (...argv) => {
    const { code, err } = await run(argv, FIXED);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('There is no watch named "shap". The watches are: fixed. The fleets list 2 watches.'),
    ]);
  });

  it("that has a malformed line is not found, and the error says why", async () => {
    const { code, err } = await run(["check", "--watch", "mall"], FIXED, `{"name":"mall","sauce":"env:X"}\n`);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/no watch named "mall".* list 2 watches\. Fleet customers: .*line 3/s),
    ]);
  });

  it("is not denied when its fleet cannot be read", async () => {
    const { code, err } = await run(["check", "--watch", "mall"], FIXED, `{"name":"ma`);
    expect([code, err]).toEqual([
      3,
      expect.stringMatching(/Could not find a watch named "mall"\..*Fleet customers: Could not read/s),
    ]);
  });

  it.each([["check"], ["renew"]])("must be named: %s", async (...argv) => {
    expect(await run(argv)).toMatchObject({ code: 2, err: expect.stringContaining("with --watch NAME.") });
  });
});
