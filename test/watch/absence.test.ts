import { describe, expect, it } from "vitest";
import { noteRound, type NoteRoundDeps } from "../../src/watch/absence.ts";
import { NEW_WATCH } from "../../src/alert/alert.ts";
import type { HistoryEntry } from "../../src/alert/history.ts";
import { after, NOW } from "../support/builders.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { recordMessages } from "../support/record-messages.ts";
import { bookOf, mappedBook } from "../../src/watch/watch-book.ts";
import { saveRound } from "../support/save-round.ts";

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY = 86_400_000;

const entry = (watch: string, to: HistoryEntry["to"], at: Date, fields: Partial<HistoryEntry> = {}): HistoryEntry => ({
  watch,
  at,
  alert: "alert-1",
  reason: "worse",
  from: "healthy",
  to,
  cause: { kind: "text", text: "A cause." },
  evidence: null,
  by: null,
  remark: null,
  until: null,
  ...fields,
});

const watch = (name: string, channel: string | undefined, checkIntervalMs = QUARTER) => ({
  name,
  channel,
  checkIntervalMs,
});

const setUp = async (fields: Partial<NoteRoundDeps> = {}) => {
  const store = recordMessages(await openMemoryStore());
  let ids = 0;
  const deps: NoteRoundDeps = {
    store,
    watches: bookOf([watch("a", "C1"), watch("b", "C2")]),
    shortestIntervalMs: MINUTE,
    schedule: "* * * * *",
    timezone: "UTC",
    newId: () => `message-${++ids}`,
    ...fields,
  };
  /** A round of two seconds that began this many milliseconds after NOW. */
  const round = (ms: number, speaks = true, checked = 2) =>
    noteRound(deps, { startedAt: after(ms), endedAt: after(ms + 2_000), checked }, speaks);
  /** The history of the watches' checks. */
  const leave = async (...history: readonly HistoryEntry[]): Promise<void> => {
    const [name] = history.map((one) => one.watch);
    if (name === undefined) throw new TypeError("nothing is to be left");
    await store.sync([{ name, definition: "d" }], NOW);
    const whole = { names: [name], limit: 1, leaseMs: 1, which: "all", now: NOW, roundStartedAt: after(1) } as const;
    const [claim] = await store.claimDue(whole);
    if (claim === undefined) throw new Error(`the watch ${name} is in hand`);
    const found = { state: NEW_WATCH, checkedAt: NOW, nextDueAt: NOW, replies: [], history, messages: [] };
    expect(await saveRound(store, claim, found)).toBe(true);
  };
  const due = async () => (await store.readDeadline("round"))?.at;
  return { store, round, leave, messages: () => store.taken, due };
};

describe("a round", () => {
  it("saves when the next round is due", async () => {
    const { round, due } = await setUp();
    await round(0);
    expect(await due()).toEqual(after(MINUTE));
  });

  // The first tick after the round at NOW is a minute later.
  it.each<[string, number, boolean]>([
    ["at its tick", MINUTE, false],
    ["before its tick, after a restart", MINUTE / 2, false],
    ["three intervals late", MINUTE + 3 * QUARTER, false],
    ["later than three intervals", MINUTE + 3 * QUARTER + 1, true],
    ["a day late", DAY, true],
    ["by a clock that was set back a day", -DAY, false],
  ])("that comes %s, %i ms after the last", async (_, ms, told) => {
    const { round, messages } = await setUp();
    await round(0);
    await round(ms);
    expect(messages().map(({ routes }) => routes)).toEqual(told ? [["C1"], ["C2"]] : []);
  });

  it("reports no gap after a round by a clock that was never set", async () => {
    const { round, messages } = await setUp();
    await round(-NOW.getTime());
    await round(0);
    expect(messages()).toEqual([]);
  });

  it("reports no gap when it is the first round", async () => {
    const { round, messages } = await setUp();
    await round(0);
    expect(messages()).toEqual([]);
  });

  it("reports a gap once", async () => {
    const { round, messages } = await setUp();
    await round(0);
    await Promise.all([round(DAY), round(DAY + 500)]);
    await round(DAY + MINUTE);
    expect(messages()).toHaveLength(2);
  });

  it("still reports gaps after a clock was ahead and is set back", async () => {
    const { round, messages } = await setUp();
    await round(30 * DAY);
    await round(0);
    expect(messages()).toEqual([]);
    await round(DAY);
    expect(messages()).toHaveLength(2);
  });

  it("of the subcommand reports no gap, but ends it", async () => {
    const { round, messages } = await setUp();
    await round(0);
    await round(DAY, false);
    await round(DAY + MINUTE);
    expect(messages()).toEqual([]);
  });

  it("of a daily schedule leaves no gap at night", async () => {
    const { round, messages, due } = await setUp({ schedule: "0 9 * * *" });
    await round(0);
    expect(await due()).toEqual(after(60 * MINUTE));
    await round(60 * MINUTE);
    await round(25 * 60 * MINUTE);
    expect(messages()).toEqual([]);
    await round(51 * 60 * MINUTE);
    expect(messages()).toHaveLength(2);
  });

  it("counts the gap by the intervals of each channel's watches", async () => {
    const watches = [watch("a", "C1", DAY), watch("b", "C2"), watch("c", "C2", DAY), watch("d", undefined, 1_000)];
    const { round, messages } = await setUp({ watches: bookOf(watches) });
    await round(0);
    await round(60 * MINUTE);
    expect(messages().map(({ routes }) => routes)).toEqual([["C2"]]);
  });
});

describe("the message to a channel after a gap", () => {
  it("shows the start and end of the gap, and the findings of the channel's watches", async () => {
    const { round, leave, messages } = await setUp({
      watches: bookOf([watch("a", "C1"), watch("b", "C2"), watch("c", "C1")]),
    });
    await round(0);
    await leave(
      entry("a", "expiring", after(-MINUTE)),
      entry("a", "expiring", after(DAY + 100)),
      entry("b", "healthy", after(DAY + 200)),
      entry("c", "revoked", after(DAY + 300)),
      entry("c", "revoked", after(DAY + 400), { reason: "acknowledged", by: "U1" }),
    );
    await round(DAY);
    expect(messages()).toMatchObject([
      {
        kind: "absence",
        routes: ["C1"],
        alerts: [],
        severity: "warning",
        at: after(DAY + 2_000),
        body: {
          kind: "absence",
          from: after(MINUTE),
          to: after(DAY),
          watches: 2,
          missed: [
            { watch: "c", to: "revoked", by: null },
            { watch: "a", at: after(DAY + 100) },
          ],
          more: 0,
        },
      },
      { routes: ["C2"], body: { watches: 1, missed: [{ watch: "b" }], more: 0 } },
    ]);
  });

  it("lists the worst ten of many findings and counts the rest", async () => {
    const watches = Array.from({ length: 500 }, (_, index) => watch(`watch-${index}`, "C1"));
    const { round, leave, messages } = await setUp({ watches: bookOf(watches) });
    await round(0);
    const expiring = watches.map(({ name }) => entry(name, "expiring", after(DAY)));
    await leave(...expiring, entry("watch-7", "expired", after(DAY + 1)));
    await round(DAY);
    const [body] = messages().map((message) => message.body);
    expect(body).toMatchObject({ kind: "absence", watches: 500, more: 491 });
    expect(body?.kind === "absence" && body.missed.map(({ to }) => to)).toEqual([
      "expired",
      ...Array.from({ length: 9 }, () => "expiring"),
    ]);
  });

  it("is a warning, so it waits for the end of quiet hours", async () => {
    const { round, messages } = await setUp();
    await round(0);
    await round(DAY);
    expect(new Set(messages().map(({ severity }) => severity))).toEqual(new Set(["warning"]));
  });

  it("looks at no watch while the gap is shorter than any interval asks for", async () => {
    let looks = 0;
    const watches = mappedBook(bookOf([watch("a", "C1")]), (one) => one);
    const values = () => {
      looks++;
      return watches.values();
    };
    const { round } = await setUp({ watches: { ...watches, values } });
    for (let minute = 0; minute < 4; minute++) await round(minute * MINUTE);
    expect(looks).toBe(0);
    await round(DAY);
    expect(looks).toBe(1);
  });

  it("comes later when the store fails", async () => {
    const { store, round, messages } = await setUp();
    await round(0);
    const failing = { ...store, history: () => Promise.reject(new Error("away")) };
    const deps = { store: failing, watches: bookOf([watch("a", "C1")]), schedule: "* * * * *", timezone: "UTC" };
    const done = { startedAt: after(DAY), endedAt: after(DAY), checked: 1 };
    await expect(noteRound({ ...deps, shortestIntervalMs: MINUTE, newId: () => "x" }, done, true)).rejects.toThrow(
      "away",
    );
    await round(DAY + MINUTE);
    expect(messages()[0]?.body).toMatchObject({ from: new Date(NOW.getTime() + MINUTE) });
  });

  it("comes from the replica that checks the watches, not from a replica that finds nothing to check", async () => {
    const { round, messages } = await setUp();
    await round(0);
    await round(DAY, true, 0);
    expect(messages()).toEqual([]);
    await round(DAY + 1_000, true, 2);
    expect(messages()).toHaveLength(2);
  });
});
