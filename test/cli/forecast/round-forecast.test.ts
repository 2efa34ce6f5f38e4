import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../../../sandbox/world.ts";
import { cli, type Outcome } from "../memory-io.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld({
    mode: "socket",
    env: (slack) => ({
      SCHEDULE: "*/5 * * * *",
      DIGEST_SCHEDULE: "0 9 * * mon",
      ESCALATE_TO: slack.person("sam").id,
      SLACK_BOT_TOKEN: slack.botToken,
    }),
    watchlist: (source) => `watches:
  - {name: orders-prod, source: "${source("orders")}", warnAt: [3d, 1d]}
  - {name: crm, source: "${source("crm")}"}
  - {name: later, source: "${source("later")}"}`,
  });
  world.tokenFile("orders").write(world.tokens.sixtyDay);
  world.tokenFile("crm").write(world.tokens.never);
});

afterAll(() => world.close());

const run = async (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> => {
  const list = join(world.dataDir, "watchlist.yml");
  return cli(argv, {
    env: { ...world.env, ...env },
    files: { [list]: readFileSync(list, "utf8") },
    cwd: world.dataDir,
    now: world.clock.now,
  });
};

const files = async (): Promise<readonly unknown[]> => {
  const names = await readdir(world.dataDir);
  return Promise.all(
    names.map(async (name) => [name, await readFile(join(world.dataDir, name), "base64").catch(() => "")]),
  );
};

describe("round --forecast", () => {
  it("says that there is no store, and creates none", async () => {
    const { code, out, err } = await run(["round", "--forecast", "60d"]);
    expect([code, out]).toEqual([3, ""]);
    expect(err).toMatch(
      /^The bot has not checked anything yet, so there is nothing to forecast\. Start the bot, or run wa-token round/,
    );
    expect(await readdir(world.dataDir)).not.toContain("wa-token.db");
  });

  it("prints the messages to come, without a call to Slack or Meta and without a change", async () => {
    expect((await run(["round"])).code).toBe(0);
    const before = [world.graph.calls().length, world.slack.calls().length, await files()];
    // A forecast sends nothing, so it needs no access to Slack.
    const { code, out, err } = await run(["round", "--forecast", "6d"], { SLACK_BOT_TOKEN: "" });
    expect([world.graph.calls().length, world.slack.calls().length, await files()]).toEqual(before);
    expect([code, err]).toEqual([0, ""]);
    const [alerts, sam] = [world.slack.channelId("wa-alerts"), world.slack.person("sam").id];
    const lines = out.trimEnd().split("\n");
    expect(lines.map((line) => line.replaceAll(/ {2,}/g, "  "))).toEqual([
      "Forecast until 2026-11-28 08:00 UTC, if nobody acts, Meta's answers stay as they are, and the bot runs at every tick of SCHEDULE (*/5 * * * *).",
      "",
      // The next check of this watch comes at a random time.
      expect.stringMatching(/^2026-11-22 08:\d\d UTC {2}\w+ {2}later {2}Could not be checked$/),
      `2026-11-23 09:00 UTC  ${alerts}  all  Digest of 3 watches`,
      `2026-11-24 08:00 UTC  ${alerts}  orders-prod  Token expiring, 3 days left`,
      `2026-11-26 08:00 UTC  ${alerts} (thread)  orders-prod  Closer to expiry: token expiring, 1 day left`,
      `2026-11-26 09:00 UTC  ${alerts} (thread)  orders-prod  Escalated, nobody responded: token expiring, 1 day left`,
      `2026-11-26 09:00 UTC  ${sam}  orders-prod  Escalation, because nobody responded: token expiring, 1 day left`,
      `2026-11-27 08:05 UTC  ${alerts} (thread)  orders-prod  Got worse: token expired`,
      `2026-11-27 09:05 UTC  ${alerts} (thread)  orders-prod  Escalated, nobody responded: token expired`,
      `2026-11-27 09:05 UTC  ${sam}  orders-prod  Escalation, because nobody responded: token expired`,
      expect.stringMatching(
        /^2026-11-27 1\d:\d\d UTC {2}.+ {2}orders-prod {2}Still not fixed: token expired \(\d times, /,
      ),
      "",
      "Watches:",
      "  crm: this token does not expire.",
      "  later: the last check failed. This forecast assumes that checks keep failing, so it has no expiry warnings.",
    ]);
  });

  it("prints JSON with every message", async () => {
    const { code, out } = await run(["round", "--forecast", "3d", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      from: "2026-11-22T08:00:00.000Z",
      until: "2026-11-25T08:00:00.000Z",
      schedule: "*/5 * * * *",
      messages: expect.arrayContaining([
        {
          at: "2026-11-24T08:00:00.000Z",
          to: world.slack.channelId("wa-alerts"),
          kind: "post",
          reason: "first",
          watch: "orders-prod",
          text: "Token expiring, 3 days left",
        },
      ]),
      remarks: expect.arrayContaining([{ watch: "crm", code: "never_expires", text: "this token does not expire." }]),
    });
  });

  it.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
    ["a span without a unit", ["--forecast", "60"], {}, /^--forecast cannot use "60"\. .* Did you mean 60d\?$/m],
    ["a span that is too long", ["--forecast", "9999d"], {}, /^--forecast cannot use "9999d"\. The longest/],
    [
      "an empty watchlist",
      ["--forecast", "60d"],
      { WATCHLIST: "", WHATSAPP_TOKEN_SOURCE: "" },
      /^The watchlist is empty, so there is nothing/,
    ],
    ["an unusable schedule", ["--forecast", "60d"], { SCHEDULE: "99 * * * *" }, /SCHEDULE cannot be used/],
    ["a forecast of all", ["--forecast", "60d", "--all"], {}, /^--forecast checks and sends nothing/],
  ])("refuses %s", async (_, argv, env, message) => {
    const { code, out, err } = await run(["round", ...argv], env);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
  });

  it("says that a store cannot be read", async () => {
    const { code, out, err } = await run(["round", "--forecast", "60d"], { DATABASE_URL: `sqlite:${world.dataDir}` });
    expect([code, out]).toEqual([3, ""]);
    expect(err).toMatch(/The database .+ is a folder\./);
  });
});
