import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../../../sandbox/world.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import { cli } from "../memory-io.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ mode: "socket" });
});
afterAll(() => world.close());

const SHOP = `{"name":"shop","source":"env:SHOP_TOKEN"}\n`;

const ids = { phoneNumberId: "100000000002001", whatsappBusinessAccountId: "100000000001001" };

const lineOf = (name: string, fields: Readonly<Record<string, string>>): string =>
  `${JSON.stringify({ name, ...ids, ...fields })}\n`;

const doctor = async (list: string, change: Readonly<Record<string, string>> = {}) => {
  const path = join(world.dataDir, "fleet.jsonl");
  writeFileSync(path, list);
  const watchlist = join(world.dataDir, "fleets.yml");
  const { WHATSAPP_TOKEN_SOURCE: _source, ...env } = world.env;
  return cli(["doctor"], {
    env: { ...env, WATCHLIST: watchlist, SHOP_TOKEN: world.tokens.never, ...change },
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

  it("checks their tokens, of lines too", async () => {
    const { never, noMessaging } = world.tokens;
    const inLines = await doctor(lineOf("fine", { token: never }) + lineOf("weak", { token: noMessaging }));
    expect(inLines.out).toMatch(/OK +Token of fine: The token works/);
    expect(inLines.out).toMatch(/PROBLEM +Token of weak: /);
    expect(inLines.out).not.toContain("not checked");
    expect([inLines.code, inLines.out.includes(noMessaging)]).toEqual([1, false]);
    const unset = await doctor(lineOf("fine", { source: "env:NOT_SET" }));
    expect(unset.out).toMatch(/PROBLEM +Token of fine: Could not read .*NOT_SET/);
    expect(unset.code).toBe(2);
  });

  it("checks the first 20, and says how many are left and how to check one", async () => {
    const names = Array.from({ length: 23 }, (_, index) => `watch-${index}`);
    const { out } = await doctor(names.map((name) => lineOf(name, { token: world.tokens.never })).join(""));
    expect(out.match(/Token of watch-\d+: /g)).toHaveLength(20);
    expect(out).toMatch(
      /Tokens: 3 more watches of the fleets were not checked, because doctor checks at most 20\. Run `wa-token check --watch NAME` to check one\./,
    );
  });

  it("says that the bot does not accept a list of half the size, from what the bot saved", async () => {
    const path = join(world.dataDir, "sizes.db");
    const store = await openSqliteStore({ path, exclusive: true });
    await store.advanceDeadline("fleet customers", null, { at: world.clock.now(), spec: "4" }, []);
    await store.close();
    const change = { DATABASE_URL: `sqlite:${path}` };
    const two = SHOP + SHOP.replace("shop", "hall");
    const refused = await doctor(two, change);
    expect(refused.out).toMatch(
      /PROBLEM +Fleet customers: The list has 2 watches, and had 4 before\. To accept it, run/,
    );
    expect(refused.out).not.toMatch(/OK +Fleets/);
    expect(refused.code).toBe(2);
    const accepted = await doctor(two + SHOP.replace("shop", "barn"), change);
    expect(accepted.out).toMatch(/OK +Fleets: 3 watches$/m);
    expect(accepted.code).toBe(0);
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
