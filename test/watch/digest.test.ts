import { describe, expect, it, vi } from "vitest";
import { NEW_WATCH } from "../../src/alert/alert.ts";
import { type DigestDeps, runDigest } from "../../src/watch/digest.ts";
import type { WatchRecord } from "../../src/watch/ports.ts";
import { aVerdict, NOW } from "../support/builders.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { recordMessages } from "../support/record-messages.ts";
import { bookOf } from "../../src/watch/watch-book.ts";

const record = (name: string): WatchRecord => ({
  name,
  state: { ...NEW_WATCH, verdict: aVerdict() },
  checkedAt: NOW,
  nextDueAt: NOW,
  owed: false,
  undelivered: null,
});

/** A digest on a store in memory. 22 November 2026 is a Sunday. */
const setUp = async (fields: Partial<DigestDeps> = {}) => {
  const store = recordMessages(await openMemoryStore());
  let ids = 0;
  const deps: Omit<DigestDeps, "now"> = {
    store: {
      ...store,
      // Two watches on a page.
      page: ({ after = "" }) =>
        Promise.resolve(
          ["a", "b", "c", "other"]
            .filter((name) => name > after)
            .slice(0, 2)
            .map(record),
        ),
    },
    watches: bookOf([
      { name: "a", channel: "C1" },
      { name: "b", channel: "C2" },
      { name: "c", channel: "C1" },
      { name: "mute", channel: undefined },
    ]),
    fleetTroubles: () => [],
    fleetChannels: [],
    schedule: "0 9 * * mon",
    timezone: "UTC",
    newId: () => `message-${++ids}`,
    ...fields,
  };
  const at = (now: string, more: Partial<DigestDeps> = {}) => runDigest({ ...deps, ...more, now: () => new Date(now) });
  const due = async () => (await store.readDeadline("digest"))?.at.toISOString();
  return { at, store, messages: () => store.taken, due };
};

describe("the digest", () => {
  it("is not sent at the first run of the bot, but when it is first due", async () => {
    const { at, messages, due } = await setUp();
    expect(await at("2026-11-22T08:00:00Z")).toBe(0);
    expect(await due()).toBe("2026-11-23T09:00:00.000Z");
    expect(await at("2026-11-23T08:59:59Z")).toBe(0);
    expect(messages()).toEqual([]);
    expect(await at("2026-11-23T09:00:00Z")).toBe(2);
    expect(await due()).toBe("2026-11-30T09:00:00.000Z");
  });

  it("is one message for each channel, with only the watches of that channel", async () => {
    const { at, store, messages } = await setUp();
    await at("2026-11-22T08:00:00Z");
    await at("2026-11-23T09:00:10Z");
    const told = messages().map(({ routes, severity, body }) => ({
      routes,
      severity,
      watches: body?.kind === "digest" ? body.rows.map(({ watch }) => watch) : body,
    }));
    expect(told).toEqual([
      { routes: ["C1"], severity: "warning", watches: ["a", "c"] },
      { routes: ["C2"], severity: "warning", watches: ["b"] },
    ]);
    expect(new Set(messages().map(({ id }) => id)).size).toBe(2);
    expect(await store.undelivered()).toMatchObject([
      { watch: null, kind: "digest", channel: "C1", urgent: false },
      { watch: null, kind: "digest", channel: "C2", urgent: false },
    ]);
  });

  it("names the fleets with a problem in every channel", async () => {
    const fleets = [{ fleet: "customers", message: "Could not read the list." }];
    const { at, messages } = await setUp({ fleetTroubles: () => fleets });
    await at("2026-11-22T08:00:00Z");
    await at("2026-11-23T09:00:00Z");
    expect(messages().map(({ body }) => body)).toMatchObject([{ fleets }, { fleets }]);
  });

  it("names a fleet with a problem in its own channel too, although none of its watches is known", async () => {
    const fleets = [{ fleet: "customers", message: "Could not read the list." }];
    const { at, messages } = await setUp({ fleetTroubles: () => fleets, fleetChannels: ["C1", "C9"] });
    await at("2026-11-22T08:00:00Z");
    await at("2026-11-23T09:00:00Z");
    expect(messages().map(({ routes, body }) => [routes[0], body?.kind === "digest" && body.rows.length])).toEqual([
      ["C1", 2],
      ["C9", 0],
      ["C2", 1],
    ]);
  });

  it("has no message for the channel of a fleet that is well and has no watch", async () => {
    const { at, messages } = await setUp({ fleetChannels: ["C9"] });
    await at("2026-11-22T08:00:00Z");
    await at("2026-11-23T09:00:00Z");
    expect(messages().flatMap(({ routes }) => routes)).toEqual(["C1", "C2"]);
  });

  it("is sent once, however many runs and replicas try it", async () => {
    const { at, messages } = await setUp();
    await at("2026-11-22T08:00:00Z");
    await Promise.all([at("2026-11-23T09:00:00Z"), at("2026-11-23T09:00:00Z"), at("2026-11-23T09:00:01Z")]);
    await at("2026-11-23T09:01:00Z");
    expect(messages()).toHaveLength(2);
  });

  it("is sent once after several missed times", async () => {
    const { at, messages, due } = await setUp();
    await at("2026-11-22T08:00:00Z");
    expect(await at("2026-12-16T12:00:00Z")).toBe(2);
    expect(messages()).toHaveLength(2);
    expect(await due()).toBe("2026-12-21T09:00:00.000Z");
  });

  it.each<[string, Partial<DigestDeps>, string]>([
    ["schedule", { schedule: "0 8 * * *" }, "2026-11-26T08:00:00.000Z"],
    ["time zone", { timezone: "Europe/Berlin" }, "2026-11-30T08:00:00.000Z"],
  ])("after a change of the %s is scheduled again and not sent at once", async (_, changed, expected) => {
    const { at, messages, due } = await setUp();
    await at("2026-11-22T08:00:00Z");
    expect(await at("2026-11-25T12:00:00Z", changed)).toBe(0);
    expect(await due()).toBe(expected);
    expect(messages()).toEqual([]);
  });

  it("comes at the same time of day when summer time ends", async () => {
    const { at, due } = await setUp({ schedule: "0 9 * * *", timezone: "Europe/Berlin" });
    await at("2026-10-24T12:00:00Z");
    expect(await due()).toBe("2026-10-25T08:00:00.000Z");
    expect(await at("2026-10-25T07:30:00Z")).toBe(0);
    expect(await at("2026-10-25T08:00:00Z")).toBe(2);
  });

  it("is not repeated when the clock is set back a little", async () => {
    const { at, messages } = await setUp({ schedule: "0 9 * * *" });
    await at("2026-11-22T08:00:00Z");
    await at("2026-11-23T09:00:00Z");
    for (const now of ["2026-11-23T08:59:58Z", "2026-11-23T09:00:00Z", "2026-11-22T09:30:00Z"])
      expect(await at(now)).toBe(0);
    expect(messages()).toHaveLength(2);
  });

  it("is not delayed by a clock that was a year ahead", async () => {
    const { at, due } = await setUp();
    await at("2027-11-22T08:00:00Z");
    expect(await at("2026-11-22T08:00:00Z")).toBe(0);
    expect(await due()).toBe("2026-11-23T09:00:00.000Z");
    expect(await at("2026-11-23T09:00:00Z")).toBe(2);
  });

  it("is not sent at once after a clock that was never set", async () => {
    const { at, messages, due } = await setUp();
    await at("1970-01-01T00:05:00Z");
    expect(await at("2026-11-22T08:00:00Z")).toBe(0);
    expect([await due(), messages()]).toEqual(["2026-11-23T09:00:00.000Z", []]);
  });

  it("lists what was renewed since the last digest, also when that one came late", async () => {
    const since: (Date | undefined)[] = [];
    const { at, store } = await setUp();
    const counting: DigestDeps["store"] = {
      ...store,
      audit: (options) => {
        since.push(options.since);
        return Promise.resolve([]);
      },
    };
    for (const now of ["2026-11-22T08:00:00Z", "2026-11-24T12:00:00Z", "2026-11-30T09:00:00Z"])
      await at(now, { store: counting });
    await at("2026-12-01T09:00:00Z", { store: counting, schedule: "0 9 * * tue" });
    await at("2026-12-08T09:00:00Z", { store: counting, schedule: "0 9 * * tue" });
    expect(since.map((start) => start?.toISOString())).toEqual([
      "2026-11-22T08:00:00.000Z",
      "2026-11-24T12:00:00.000Z",
      "2026-11-30T09:00:00.000Z",
    ]);
  });

  it("lists the renewals of a period when an older version sent the last digest", async () => {
    const { at, store } = await setUp();
    const spec = "0 9 * * mon UTC";
    await store.advanceDeadline("digest", null, { at: new Date("2026-11-23T09:00:00Z"), spec }, []);
    const audit = vi.fn<DigestDeps["store"]["audit"]>(() => Promise.resolve([]));
    await at("2026-11-23T09:00:00Z", { store: { ...store, audit } });
    expect(audit.mock.calls[0]?.[0].since).toEqual(new Date("2026-11-16T09:00:00Z"));
  });

  it("sends nothing when no watch has a channel", async () => {
    const { at, messages, due } = await setUp({ watches: bookOf([{ name: "mute", channel: undefined }]) });
    await at("2026-11-22T08:00:00Z");
    expect(await at("2026-11-23T09:00:00Z")).toBe(0);
    expect(messages()).toEqual([]);
    expect(await due()).toBe("2026-11-30T09:00:00.000Z");
  });
});
