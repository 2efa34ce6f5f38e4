import { describe, expect, it } from "vitest";
import { openSqliteStore } from "../../src/store/open-sqlite.ts";
import { causeOf } from "../../src/watch/cause.ts";
import type { WatchStore } from "../../src/watch/ports.ts";
import { acknowledge } from "../../src/watch/respond.ts";
import { NO_ESCALATION } from "../support/builders.ts";
import { useFolder } from "./sqlite-folder.ts";
import {
  aCard,
  aNote,
  anAlert,
  anEntry,
  anOutcome,
  aReply,
  asItIs,
  aState,
  claiming,
  minutes,
  NOON,
} from "./states.ts";

const COUNT = 300;
const { path } = useFolder();

/** How many turns others had while something was done. */
const turnsDuring = async (work: () => Promise<unknown>): Promise<number> => {
  let turns = 0;
  let over = false;
  const count = (): void => {
    turns++;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  await work();
  over = true;
  return turns;
};

/** A store with 300 watches that all ail. */
const openAiling = async (): Promise<WatchStore> => {
  const store = await openSqliteStore({ path: path("wa-token.db"), exclusive: true, causeOf });
  const names = Array.from({ length: COUNT }, (_, index) => `watch-${index}`);
  await store.sync(
    names.map((name) => ({ name, definition: "d" })),
    NOON,
  );
  const due = { names, now: NOON, leaseMs: 60_000, limit: COUNT, which: "due", roundStartedAt: NOON } as const;
  for (const claim of await store.claimDue(due)) {
    const alert = anAlert({ id: claim.watch, card: aCard({ name: claim.watch }), replies: [aReply(1)] });
    await store.saveRound(claim, anOutcome({ state: aState({ alert }), nextDueAt: minutes(15) }));
  }
  return store;
};

// SQLite answers in this thread: whoever works through many rows at a stretch keeps Slack waiting.
describe("while the store works on many rows others have their turn", () => {
  it("in lists, groups and answers, and all of it is done", async () => {
    const store = await openAiling();
    const turns = async (work: () => Promise<unknown>): Promise<void> => {
      expect(await turnsDuring(work)).toBeGreaterThanOrEqual(2);
    };
    await turns(async () => expect(await store.list()).toHaveLength(COUNT));
    await turns(() =>
      store.groupAlerts(
        (open) => [{ group: "g", cause: "c", channel: "C0000000001", alerts: open.map(({ id }) => id) }],
        NOON,
      ),
    );
    let [claim] = await store.claimGroups(claiming());
    await turns(async () => {
      [claim] = await store.claimGroups(claiming({ now: minutes(1) }));
    });
    if (claim === undefined) throw new Error("no group is owed");
    const { members } = claim;
    expect(members).toHaveLength(COUNT);
    const taken = claim;
    const ref = { channel: "C0000000001", ts: "1.1" };
    await turns(() => store.saveGroupDelivery(taken, { kind: "post", ref, at: NOON }));
    expect(await store.listUndelivered()).toEqual([]);
    await turns(async () => {
      const answer = await store.changeGroup("g", (alert) => acknowledge(alert, "U1", NOON, NO_ESCALATION));
      expect(answer).toMatchObject({ open: COUNT, changed: { length: COUNT } });
    });
    await turns(() => store.releaseGroup(taken, { leave: members.map(({ alert }) => alert.id), resolved: false }));
    expect(await store.listUndelivered()).toHaveLength(COUNT);
    await turns(() =>
      store.sync([], NOON, {
        retire: (alert) => ({ ...asItIs({ ...alert, resolvedAt: NOON }), history: [anEntry()] }),
      }),
    );
    expect(await store.list()).toEqual([]);
    await store.close();
  });

  it("in notes", async () => {
    const store = await openSqliteStore({ path: path("wa-token.db"), exclusive: true });
    const notes = Array.from({ length: COUNT }, (_, index) => aNote({ id: `note-${index}` }));
    expect(await turnsDuring(() => store.moveMark("m", null, { at: NOON, spec: "" }, notes))).toBeGreaterThanOrEqual(2);
    const claims = await store.claimNotes(claiming({ limit: COUNT }));
    expect(claims).toHaveLength(COUNT);
    expect(
      await turnsDuring(() => store.saveNoteFailure(claims, { error: "x", retryAt: minutes(1), routes: ["C2"] })),
    ).toBeGreaterThanOrEqual(2);
    await store.close();
  });
});
