import { rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openFleets } from "../../src/app/fleets/open-fleets.ts";
import { syncWatchlist } from "../../src/app/watchlist.ts";
import { bookOf } from "../../src/watch/watch-book.ts";
import { NEW_WATCH } from "../../src/alert/alert.ts";
import { configOf } from "../config/environment.ts";
import { anAlert, after, NOW } from "../support/builders.ts";
import { fakeToken } from "../support/fake-token.ts";
import { keepLog } from "../support/keep-log.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { useFolder } from "../store/sqlite/sqlite-folder.ts";

const folder = useFolder();

const ENV = { WATCHLIST: "watchlist.yml", ALERT_CHANNEL: "C0123456789" };

const line = (name: string, fields: Readonly<Record<string, unknown>> = {}): string =>
  `${JSON.stringify({ name, source: `env:${name.toUpperCase()}`, ...fields })}\n`;

const lines = (...names: readonly string[]): string => names.map((name) => line(name)).join("");

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `watch_${index}`);

/** A script that prints these lines. */
const printing = (text: string): string => `printf '%s' '${text}'`;

type Store = Awaited<ReturnType<typeof openMemoryStore>>;

/**
 * A program with one fleet, on a store that outlives it.
 * @param isScript true: the fleet is what the file prints as a script, and not its content
 */
const setUp = async (content: string, store?: Store, isScript = false) => {
  const path = folder.path("fleet.jsonl");
  const write = (text: string): void => writeFileSync(path, text);
  write(content);
  const source = isScript ? `exec:${JSON.stringify(["sh", path])}` : `file:${path}`;
  const text = `watches:\n  - { name: fixed, source: "env:FIXED" }\n  - { name: customers, fleet: '${source}' }\n`;
  const config = await configOf(ENV, { "watchlist.yml": text });
  const { log, lines: logged } = keepLog();
  const ownSecretNames = new Set<string>();
  const fleets = openFleets(config, { env: process.env, ownSecretNames, now: () => NOW, log });
  const kept = store ?? (await openMemoryStore());
  const watches = bookOf(config.watches);
  await syncWatchlist({ store: kept, watches, metaApp: undefined, now: NOW, removes: false, allowEmpty: true });
  fleets.attach(kept, { removes: true });
  await fleets.refresh();
  const stored = async () => (await kept.list()).map(({ name }) => name);
  return { fleets, store: kept, write, path, logged, stored, ownSecretNames, names: () => [...fleets.book.keys()] };
};

describe("a fleet", () => {
  it("adds its watches to those of the watchlist, and hides their variables from commands", async () => {
    const { fleets, names, stored, ownSecretNames } = await setUp(lines("a", "b"));
    expect([fleets.book.size, names(), await stored()]).toEqual([3, ["fixed", "a", "b"], ["a", "b", "fixed"]]);
    expect(fleets.book.get("b")).toMatchObject({ name: "b", source: { kind: "env", name: "B" } });
    expect([...ownSecretNames]).toEqual(["A", "B"]);
    expect([fleets.troubles(), fleets.skipped()]).toEqual([[], []]);
  });

  it("reports malformed lines and equal names by number, and shows nothing of them", async () => {
    const token = fakeToken("cut");
    const { fleets, names, logged } = await setUp(
      `${lines("a", "fixed", "a")}{"name":"b","token":"${token}\n${line("c", { phoneNumberId: "secret" })}${line("d")}`,
    );
    expect(names()).toEqual(["fixed", "a", "d"]);
    const message =
      "Skipped line 2 has a name that another watch has; line 3 has a name that another watch has; line 4 is not a JSON object; line 5 has a wrong value of phoneNumberId.";
    expect(fleets.skipped()).toEqual([{ fleet: "customers", message }]);
    expect(JSON.stringify(logged)).toContain("line 4 is not a JSON object");
    expect(JSON.stringify([logged, fleets.skipped()])).not.toMatch(/EAA|secret/);
  });

  it("counts the watches of each Meta app, also after lines that are malformed now", async () => {
    const ours = { META_APP_ID: "10041", META_APP_SECRET: "bot-app-secret-of-a-test" };
    const path = folder.path("counted.jsonl");
    const write = (...lists: readonly string[]): void => writeFileSync(path, lists.join(""));
    write(lines("a", "b"), line("c", { appId: "10042" }), line("d", { appId: "10042" }));
    const text = `watches:
  - { name: fixed, source: "env:FIXED", appId: "10042", appSecret: "env:OTHER_SECRET" }
  - { name: customers, fleet: "file:${path}" }
`;
    const config = await configOf({ ...ENV, ...ours }, { "watchlist.yml": text });
    const fleets = openFleets(config, { env: {}, ownSecretNames: new Set(), now: () => NOW, log: keepLog().log });
    const counts = () => ["10041", "10042", "10043"].map(fleets.countOf);
    expect(counts()).toEqual([0, 1, 0]);
    await fleets.refresh();
    expect(counts()).toEqual([2, 3, 0]);
    write(lines("a", "b"), line("c", { appId: "10042" }), `{"name":"d","appId":true}\n`, line("e"));
    await fleets.refresh();
    expect(counts()).toEqual([3, 3, 0]);
  });

  it("follows its file: new lines are due at once, and a removed line ends its alert as unwatched", async () => {
    const { fleets, store, write, names, stored } = await setUp(lines("a", "b", "c", "d"));
    const whole = { names: ["b"], now: NOW, leaseMs: 1, limit: 1, which: "all", roundStartedAt: after(1) } as const;
    const [claim] = await store.claimDue(whole);
    if (claim === undefined) throw new TypeError("nothing is due");
    const alert = anAlert({ card: { ...anAlert().card, name: "b" } });
    const state = { ...NEW_WATCH, alert };
    const found = { state, checkedAt: NOW, nextDueAt: after(1_000), replies: [], history: [], messages: [] };
    expect(await store.saveRounds([{ claim, outcome: found }])).toEqual([true]);
    write(lines("a", "c", "d", "e"));
    await fleets.refresh();
    expect(names()).toEqual(["fixed", "a", "c", "d", "e"]);
    expect(await stored()).toEqual(["a", "c", "d", "e", "fixed"]);
    expect(await store.history({ watch: "b", limit: 1 })).toMatchObject([{ reason: "unwatched" }]);
  });

  it("inspects a watch again at once when its line changed", async () => {
    const { fleets, store, write } = await setUp(lines("a", "b"));
    const before = await store.db.selectFrom("watches").select(["name", "definition"]).orderBy("name").execute();
    write(line("a") + line("b", { phoneNumberId: "100000000002001" }));
    await fleets.refresh();
    const now = await store.db.selectFrom("watches").select(["name", "definition"]).orderBy("name").execute();
    expect(now.map(({ name, definition }, index) => [name, definition === before[index]?.definition])).toEqual([
      ["a", true],
      ["b", false],
      ["fixed", true],
    ]);
  });

  it.each<[string, string, RegExp]>([
    ["is empty", "", /The list has no watch, and had 4 before/],
    [
      "lost half of its lines",
      lines("a", "b"),
      /The list has 2 watches, and had 4 before\. To accept it, run.* The bot keeps the last list: 4 watches\.$/,
    ],
    ["ends in the middle of a line", `${lines("a", "b", "c")}{"name":"d"`, /ends in the middle of a line/],
    [
      "is garbage",
      "\u0000\u0001\n".repeat(1_000),
      /^The list has no watch, and had 4 before\. .* 1,000 lines are malformed\. The first: line 1 is not a JSON object\. /,
    ],
    [
      "is garbage beside half of its lines",
      `oops\n${lines("a", "b")}`,
      /^The list has 2 watches, and had 4 before\. .* 1 line is malformed\. The first: line 1 is not a JSON object\. /,
    ],
  ])("keeps its last list when the file %s", async (_, content, message) => {
    const { fleets, write, names, stored, logged } = await setUp(lines("a", "b", "c", "d"));
    write(content);
    await fleets.refresh();
    expect(names()).toEqual(["fixed", "a", "b", "c", "d"]);
    expect(await stored()).toHaveLength(5);
    expect(fleets.troubles()).toEqual([{ fleet: "customers", message: expect.stringMatching(message) }]);
    expect(logged).toContainEqual(expect.objectContaining({ msg: expect.stringMatching(message) }));
    write(lines("a", "b", "c"));
    await fleets.refresh();
    expect([fleets.troubles(), names()]).toEqual([[], ["fixed", "a", "b", "c"]]);
  });

  it.each<[string, string, RegExp]>([
    ["prints garbage", "head -c 100000 /dev/urandom", /^The list has no watch, and had 4 before/],
    ["fails after half of its lines", `${printing(lines("a", "b", "c"))}; exit 3`, /exit code 3/],
    ["is killed in the middle of a line", `printf '{"name":'; kill -9 $$`, /SIGKILL/],
  ])("keeps its last list when its command %s", async (_, script, message) => {
    const { fleets, write, names, stored } = await setUp(printing(lines("a", "b", "c", "d")), undefined, true);
    expect(names()).toEqual(["fixed", "a", "b", "c", "d"]);
    write(script);
    await fleets.refresh();
    expect([names().length, (await stored()).length]).toEqual([5, 5]);
    expect(fleets.troubles()).toEqual([{ fleet: "customers", message: expect.stringMatching(message) }]);
  });

  it("keeps the watches whose lines are malformed, and all missing ones when a line has no name, and says so", async () => {
    const { fleets, write, names } = await setUp(lines("a", "b", "c", "d", "e"));
    const said = () => fleets.troubles().map(({ message }) => message);
    write(lines("a", "c", "d") + line("b", { channel: "wrong" }));
    await fleets.refresh();
    const one = "1 line is malformed. The first: line 4 has a wrong value of channel. ";
    expect([names(), said()]).toEqual([
      ["fixed", "a", "c", "d", "b"],
      [`${one}The bot keeps the last known line of 1 watch.`],
    ]);
    const two = "2 lines are malformed. The first: line 4 is not a JSON object. ";
    write(lines("a", "b", "c", "d", "e"));
    await fleets.refresh();
    write(`${lines("a", "d", "b")}broken\n[]\n`);
    await fleets.refresh();
    expect([names(), said(), fleets.refusals()]).toEqual([
      ["fixed", "a", "d", "b", "c", "e"],
      [`${two}The bot keeps the last known lines of 2 watches.`],
      [],
    ]);
    expect(fleets.book.get("c")).toMatchObject({ channel: "C0123456789" });
    write(lines("a", "b", "d"));
    await fleets.refresh();
    expect([names(), said()]).toEqual([["fixed", "a", "b", "d"], []]);
  });

  it("says after a restart that a malformed line keeps all watches", async () => {
    const { store } = await setUp(lines("a", "b", "gone"));
    const { fleets, write, stored } = await setUp(`${lines("a", "b")}broken\n`, store);
    const message =
      "1 line is malformed. The first: line 3 is not a JSON object. The bot removes no watch until every line is right.";
    expect([await stored(), fleets.troubles()]).toEqual([
      ["a", "b", "fixed", "gone"],
      [{ fleet: "customers", message }],
    ]);
    write(lines("a", "b"));
    await fleets.refresh();
    expect([await stored(), fleets.troubles()]).toEqual([["a", "b", "fixed"], []]);
  });

  it("still protects its last size when malformed lines hide a part of the list", async () => {
    const { store } = await setUp(lines("a", "b", "c", "d", "e"));
    await setUp(`${lines("a", "b", "c")}broken\nbroken\n`, store);
    const { fleets } = await setUp(lines("a", "b"), store);
    expect(fleets.refusals()).toMatchObject([{ message: expect.stringContaining("and had 5 before") }]);
  });

  it("takes a smaller list when a person accepts it", async () => {
    const { fleets, write, names, stored } = await setUp(lines("a", "b", "c", "d"));
    write(lines("d"));
    await fleets.refresh("customers");
    expect([names(), await stored(), fleets.troubles()]).toEqual([["fixed", "d"], ["d", "fixed"], []]);
  });

  it("keeps to what a person accepted when most lines are malformed", async () => {
    const all = numbered(100);
    const { fleets, write } = await setUp(lines(...all));
    write(
      lines(...all.slice(0, 40)) +
        all
          .slice(40)
          .map((name) => `{"name":"${name}"}\n`)
          .join(""),
    );
    await fleets.refresh();
    expect(fleets.refusals()).toHaveLength(1);
    await fleets.refresh("customers");
    for (let reading = 0; reading < 3; reading++) {
      expect(fleets.refusals()).toEqual([]);
      expect(fleets.book.size).toBe(101);
      await fleets.refresh();
    }
  });

  it("removes nothing after a restart while its list is not accepted, and says how many watches it inspects", async () => {
    const { store } = await setUp(lines("a", "b", "c", "d"));
    const all = ["a", "b", "c", "d", "fixed"];
    const said = (fleets: Awaited<ReturnType<typeof setUp>>["fleets"]) => fleets.troubles()[0]?.message;
    const { fleets, write, path, names, stored } = await setUp("", store);
    expect([names(), await stored(), said(fleets)]).toEqual([
      ["fixed"],
      all,
      expect.stringMatching(
        /^The list has no watch, and had 4 before\. .* After a restart, the bot inspects 0 of 4 watches, and/,
      ),
    ]);
    write(lines("a"));
    await fleets.refresh();
    const one =
      /^The list has 1 watch, and had 4 before\. .* After a restart, the bot inspects 1 of 4 watches, and removes none/;
    expect([names(), await stored(), said(fleets)]).toEqual([["fixed", "a"], all, expect.stringMatching(one)]);
    write(lines("b", "c"));
    await fleets.refresh();
    const two =
      /^The list has 2 watches, and had 4 before\. .* After a restart, the bot inspects 2 of 4 watches, and removes none/;
    expect([names(), await stored(), said(fleets)]).toEqual([["fixed", "b", "c"], all, expect.stringMatching(two)]);
    rmSync(path);
    await fleets.refresh();
    const none =
      /^Could not read .* After a restart, the bot inspects 2 of 4 watches, and removes none of the others\.$/;
    expect([names(), await stored(), said(fleets)]).toEqual([["fixed", "b", "c"], all, expect.stringMatching(none)]);
    // Another program accepts it.
    write(lines("a"));
    await fleets.refresh("customers");
    expect([names(), await stored(), said(fleets)]).toEqual([["fixed", "a"], ["a", "fixed"], undefined]);
    rmSync(path);
    await fleets.refresh();
    expect(said(fleets)).toMatch(/^Could not read .* The bot keeps the last list: 1 watch\.$/);
    const accepted = await setUp(lines("a"), store);
    expect(await accepted.stored()).toEqual(["a", "fixed"]);
  });

  it("says at the first start that the watches of an empty list are not known", async () => {
    const { fleets } = await setUp("");
    const message =
      "The list has no watch. To accept it, run: wa-token round --accept-fleet customers. Its watches are not known, so the bot does not inspect them.";
    expect(fleets.troubles()).toEqual([{ fleet: "customers", message }]);
  });

  it("holds a million equal names in the memory of one", async () => {
    const { fleets, path } = await setUp("");
    writeFileSync(path, line("a").repeat(1_000_000));
    await fleets.refresh();
    expect(fleets.book.size).toBe(2);
    expect(fleets.skipped()).toMatchObject([{ message: expect.stringMatching(/; and 999,979 more lines\.$/) }]);
  });

  it("finds every watch of a long list by name", async () => {
    const all = numbered(1_000);
    const { fleets } = await setUp(lines(...all));
    for (const name of [all[0], all[63], all[64], all[999]])
      expect(fleets.book.get(name ?? "")).toMatchObject({ name });
    expect(fleets.book.get("watch_1000")).toBeUndefined();
    expect([...fleets.book.values()]).toHaveLength(1_001);
  });

  it("names the watches that refresh their tokens, and the positions of tokens", async () => {
    const renew = { write: "file:/run/new", before: "20d" };
    const { fleets, path } = await setUp(lines("a"));
    const app = { META_APP_ID: "100000000000042", META_APP_SECRET: "b".repeat(32) };
    const config = await configOf(
      { ...ENV, ...app },
      { "watchlist.yml": `watches:\n  - { name: customers, fleet: "file:${path}" }\n` },
    );
    const { log } = keepLog();
    const other = openFleets(config, { env: {}, ownSecretNames: new Set(), now: () => NOW, log });
    writeFileSync(
      path,
      line("a", { renew, phoneNumberId: "100000000002001" }) + `${JSON.stringify({ name: "b", token: fakeToken() })}\n`,
    );
    await other.refresh();
    expect([other, fleets].map((some) => ["a", "b"].filter(some.unattended().has))).toEqual([["a"], []]);
    expect([other, fleets].map((some) => some.unattended().longestBeforeMs)).toEqual([20 * 86_400_000, null]);
    expect(other.places.placeOf({ kind: "fleet", path, watch: "b" })).toBeGreaterThan(0);
    expect(other.places.placeOf({ kind: "fleet", path, watch: "c" })).toBeUndefined();
  });
});
