import { readsOf, waitingOf } from "../support/watch-reads.ts";
import { describe, expect, it } from "vitest";
import { shownDeps, type ShownParts } from "../../src/app/people.ts";
import { createSlack } from "../../src/slack/transport/bolt.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import type { ReadSource } from "../../src/token/secret/source.ts";
import { aWatch, NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";
import { configOf } from "../config/environment.ts";
import { bookOf } from "../../src/watch/watch-book.ts";

const NOTE = "read at start; restart the bot after changing it";

const setUp = async (watches: readonly ReturnType<typeof aWatch>[], allowedUsers?: readonly string[]) => {
  const read: string[] = [];
  const readSource: ReadSource = (source) => {
    read.push(source.kind);
    return Promise.resolve(
      source.kind === "env" && source.name === "ABSENT"
        ? { ok: false, message: "The variable ABSENT is not set." }
        : { ok: true, secret: new Secret("x"), note: source.kind === "env" ? NOTE : null },
    );
  };
  const viewed: unknown[] = [];
  const { log, lines } = keepLog();
  const now = (): Date => NOW;
  const slack = createSlack({
    mode: { kind: "socket", appToken: new Secret("xapp-sandbox") },
    botToken: new Secret("xoxb-sandbox"),
    apiUrl: "http://127.0.0.1:1/api/",
    log,
    fetch,
    proxies: {},
    now: () => new Date(),
    wait: () => Promise.resolve(),
    receiver: undefined,
  });
  const parts: ShownParts = {
    watches: bookOf(watches),
    fleetTroubles: () => [],
    paces: () => [],
    slack,
    store: {
      ...readsOf([]),
      ...waitingOf([]),
      history: () => Promise.resolve([]),
      record: () => Promise.resolve(),
      audit: () => Promise.resolve([]),
      rememberViewer: (user, at) => {
        viewed.push([user, at]);
        return Promise.resolve();
      },
      viewers: (asked) => Promise.resolve([asked.since.toISOString(), String(asked.limit)]),
    },
    quietUntil: () => null,
    readSource,
    now,
    wait: () => Promise.resolve(),
    log,
  };
  const config = await configOf({});
  const deps = await shownDeps(
    { ...config, watches, slack: { ...config.slack, ...(allowedUsers === undefined ? {} : { allowedUsers }) } },
    parts,
  );
  return { deps, read, viewed, lines };
};

describe("what the Slack features show", () => {
  it("have a note on each variable, without reading files or commands", async () => {
    const { deps, read } = await setUp([
      aWatch({ name: "variable" }),
      aWatch({ name: "absent", source: { kind: "env", name: "ABSENT" } }),
      aWatch({ name: "file", source: { kind: "file", path: "/run/secrets/orders" } }),
    ]);
    expect(Array.from(deps.cards.values(), ({ name, sourceNote }) => [name, sourceNote])).toEqual([
      ["variable", NOTE],
      ["absent", null],
      ["file", null],
    ]);
    expect(read).toEqual(["env", "env"]);
  });

  it("have a guide with the IDs of each watch, and with the bot's own IDs for any other name", async () => {
    const { deps } = await setUp([aWatch({ name: "shop", phoneNumberId: "100000000000077" })]);
    expect(deps.guide("shop")).toMatchObject({ watch: "shop", phoneNumberId: "100000000000077" });
    for (const name of [undefined, "gone", "constructor"]) expect(deps.guide(name)).toEqual({ appName: "your app" });
  });

  it("have the viewers of one week, at most fifty, with the time", async () => {
    const { deps, viewed } = await setUp([]);
    await deps.rememberViewer("U0000000001");
    expect(viewed).toEqual([["U0000000001", NOW]]);
    expect(await deps.viewers()).toEqual(["2026-11-15T08:00:00.000Z", "50"]);
  });

  it("allow everyone, or only the configured people", async () => {
    expect((await setUp([])).deps.allowedUsers).toBeUndefined();
    expect((await setUp([], ["U1", "U2"])).deps.allowedUsers).toEqual(new Set(["U1", "U2"]));
  });

  it("log a warning at start when alerts mention people who may not use the buttons", async () => {
    const said = "alerts mention people who are not in ALLOWED_USERS and may not use the buttons";
    const people = [{ id: "U0123456789", roles: ["owner of orders-prod"] }];
    expect((await setUp([aWatch()], ["U1"])).lines).toMatchObject([{ msg: said, people }]);
    expect((await setUp([aWatch()], ["U0123456789"])).lines).toEqual([]);
    expect((await setUp([aWatch()])).lines).toEqual([]);
  });

  it("create a new ID of eight hex digits each time, and know no workspace before Slack has sent it", async () => {
    const { deps } = await setUp([]);
    const ids = Array.from({ length: 50 }, () => deps.newId());
    expect(ids.filter((id) => /^[0-9a-f]{8}$/.test(id))).toHaveLength(50);
    expect(new Set(ids).size).toBeGreaterThan(45);
    expect(deps.installation()).toBeNull();
  });
});
