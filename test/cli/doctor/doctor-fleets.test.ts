import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../../../sandbox/world.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { cli } from "../memory-io.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ mode: "socket" });
});
afterAll(() => world.close());

const SHOP = `{"name":"shop","source":"env:SHOP_TOKEN"}\n`;

const doctor = async (list: string) => {
  const path = join(world.dataDir, "fleet.jsonl");
  writeFileSync(path, list);
  const watchlist = join(world.dataDir, "fleets.yml");
  const { WHATSAPP_TOKEN_SOURCE: _source, ...env } = world.env;
  return cli(["doctor"], {
    env: { ...env, WATCHLIST: watchlist },
    files: { [watchlist]: `watches:\n  - { name: customers, fleet: "file:${path}" }\n` },
    cwd: world.dataDir,
    now: world.clock.now,
  });
};

describe("doctor reads fleets", () => {
  it.each([
    { what: "lists a watch", list: SHOP, says: /OK +Fleets: 1 watch$/m, code: 0 },
    {
      what: "has lines that the bot skips",
      list: `${SHOP}not JSON\n${SHOP}`,
      says: /WARNING +Fleet customers: Skipped line 2 .*; line 3 has a name that another watch has\./,
      code: 0,
    },
    {
      what: "ends in the middle of a line",
      list: `${SHOP}{"name":"ha`,
      says: /PROBLEM +Fleet customers: Could not read .*: it ends in the middle of a line\./,
      code: 2,
    },
  ])("when one $what", async ({ list, says, code }) => {
    const outcome = await doctor(list);
    expect(outcome.out).toMatch(says);
    expect(outcome.out).not.toMatch(/no token is watched/);
    expect(outcome.code).toBe(code);
  });

  it("never shows what a line holds", async () => {
    // A password has no form that could be recognised and hidden.
    const [token, password] = [fakeToken("fleet"), "horse-battery"];
    const outcome = await doctor(`${SHOP}{"name":"hall","token":"${token}","nonsense":"${password}"}\n${password}\n`);
    expect(outcome.out).toMatch(/Fleet customers: Skipped line 2 .*; line 3 /);
    expect(outcome.out).not.toContain(token);
    expect(outcome.out).not.toContain(password);
  });
});
