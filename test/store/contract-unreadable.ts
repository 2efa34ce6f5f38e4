import { beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "../../src/watch/alert.ts";
import type { Grouping } from "../../src/watch/group.ts";
import { acknowledge } from "../../src/watch/respond.ts";
import { NO_ESCALATION } from "../support/builders.ts";
import { ids, names, only, type StoreSteps } from "./contract-store.ts";
import { aCard, aNote, anAlert, anEntry, aReply, asItIs, claiming, minutes, NOON } from "./states.ts";

const CHANNEL = "C0000000001";
const REF = { channel: CHANNEL, ts: "1700000000.000100" };
/** As a later version may write it, or a slip of somebody's hand. */
const ODD = `'{"kind":"of a later version"}'`;
const WORDS = expect.stringMatching(/^The stored .+ cannot be read\. Run the version that wrote it, /);

const named = (name: string): Alert => anAlert({ id: name, card: aCard({ name }) });

/** What the rows beside one that cannot be read rely on. */
export const unreadableContract = ({ store, run, claimDue, claimUndelivered, roundWith }: StoreSteps): void => {
  const raise = async (id: string, revision: number): Promise<void> => {
    await store().changeAlert(id, (alert) => asItIs({ ...alert, revision, replies: [aReply(revision)] }));
  };
  const group = async (): Promise<void> => {
    await store().groupAlerts((open): readonly Grouping[] => {
      const [first] = open;
      if (first === undefined) return [];
      return [{ group: "g", cause: first.cause, channel: CHANNEL, alerts: open.map(({ id }) => id) }];
    }, NOON);
  };

  describe("a row that cannot be read", () => {
    beforeEach(async () => {
      for (const name of ["a", "b", "c"]) await roundWith(named(name));
    });

    const look = async (at: number, limit = 10) =>
      names(await claimDue({ which: "all", now: minutes(at), roundStartedAt: minutes(at), limit })).toSorted();

    it.each([
      ["a state", `update watches set verdict = ${ODD} where name = 'a'`],
      ["an open alert", `update alerts set body = ${ODD} where watch = 'a'`],
    ])("of a watch (%s) is set aside, and all the others are checked", async (_what, statement) => {
      await run(statement);
      expect(await look(2_000, 2)).toEqual(["b", "c"]);
      expect(await look(2_005)).toEqual(["b", "c"]);
      expect((await store().troubles()).unreadable).toEqual([WORDS]);
    });

    it("of a watch is tried again after a while", async () => {
      await run("update watches set told = '{' where name = 'a'");
      expect(await look(2_000)).toEqual(["b", "c"]);
      await run("update watches set told = null where name = 'a'");
      expect(await look(2_011)).toEqual(["a", "b", "c"]);
      expect((await store().troubles()).unreadable).toEqual([]);
    });

    it("is listed with what to do, without what cannot be read", async () => {
      await run(`update watches set verdict = ${ODD} where name = 'a'`);
      await run(`update alerts set body = ${ODD} where watch = 'b'`);
      const list = await store().list();
      expect(list).toMatchObject([
        { name: "a", state: { verdict: null, alert: { id: "a" } }, unreadable: WORDS },
        { name: "b", state: { alert: null }, unreadable: WORDS },
        { name: "c", state: { alert: { id: "c" } } },
      ]);
      expect(list[2]).not.toHaveProperty("unreadable");
      expect(await store().find("a")).toEqual(list[0]);
    });

    it("is no trouble any more once it was deleted to start anew", async () => {
      await run(`update watches set verdict = ${ODD} where name = 'a'`);
      await store().list();
      await run("delete from watches where name = 'a'");
      expect((await store().troubles()).unreadable).toEqual([]);
    });

    it("of an alert is set aside with what to do, and all the others are delivered", async () => {
      await run(`update alerts set body = ${ODD} where watch = 'a'`);
      expect(await store().claimUndelivered(claiming({ limit: 2 }))).toMatchObject([
        { alert: { id: "b" } },
        { alert: { id: "c" } },
      ]);
      expect(ids(await claimUndelivered(minutes(5)))).toEqual(["b", "c"]);
      expect(await store().listUndelivered()).toContainEqual(expect.objectContaining({ watch: "a", error: WORDS }));
    });

    it("of a note is set aside with what to do, and all the others are delivered", async () => {
      const notes = ["1", "2", "3"].map((id) => aNote({ id }));
      await store().moveMark("m", null, { at: NOON, spec: "" }, notes);
      await run(`update notes set body = ${ODD} where id = '1'`);
      expect((await store().claimNotes(claiming({ limit: 2 }))).map(({ note }) => note.id)).toEqual(["2", "3"]);
      expect(await store().claimNotes(claiming({ now: minutes(5) }))).toHaveLength(2);
    });

    it("of an alert in a group leaves it, and the group shows and tells of the others", async () => {
      await group();
      await run(`update alerts set body = ${ODD} where watch = 'a'`);
      const taken = only(await store().claimGroups(claiming()));
      expect(taken.members.map(({ alert }) => alert.id)).toEqual(["b", "c"]);
      await store().saveGroupDelivery(taken, { kind: "post", ref: REF, at: NOON });
      await store().releaseGroup(taken, { leave: [], resolved: false });
      await group();
      expect(await store().claimGroups(claiming())).toEqual([]);
      expect(await store().listUndelivered()).toMatchObject([{ watch: "a", error: WORDS }]);
      const answer = await store().changeGroup("g", (alert) => acknowledge(alert, "U1", NOON, NO_ESCALATION));
      expect(answer?.changed).toHaveLength(2);
    });

    it("keeps no answer to a group from the others", async () => {
      await group();
      const taken = only(await store().claimGroups(claiming()));
      await store().saveGroupDelivery(taken, { kind: "post", ref: REF, at: NOON });
      await run(`update alerts set body = ${ODD} where watch = 'a'`);
      const answer = await store().changeGroup("g", (alert) => acknowledge(alert, "U1", NOON, NO_ESCALATION));
      expect(answer?.changed.map(({ id }) => id)).toEqual(["b", "c"]);
    });

    it("is no reason to forget what Slack took", async () => {
      await group();
      const taken = only(await store().claimGroups(claiming()));
      await raise("a", 2);
      await run("update alerts set replies = '[{\"reason\":\"of a later version\"}]' where watch = 'a'");
      await store().saveGroupDelivery(taken, { kind: "post", ref: REF, at: NOON });
      await store().releaseGroup(taken, { leave: [], resolved: false });
      expect(only(await store().claimGroups(claiming()))).toMatchObject({ ref: REF, members: [{}, {}] });
    });

    it("is no reason to forget what Slack took of an alert of its own", async () => {
      const taken = (await claimUndelivered()).find(({ alert }) => alert.id === "a");
      await run("update alerts set replies = '[{\"reason\":\"of a later version\"}]' where watch = 'a'");
      if (taken !== undefined) await store().saveDelivery(taken, { kind: "post", ref: REF, revision: 1 });
      await run("update alerts set replies = '[]' where watch = 'a'");
      expect((await store().listUndelivered()).map(({ watch }) => watch)).toEqual(["b", "c"]);
    });

    it("of the history is left out", async () => {
      const claims = await claimDue({ which: "all", now: minutes(2_000), roundStartedAt: minutes(2_000) });
      for (const claim of claims)
        await store().saveRound(claim, {
          state: claim.state,
          checkedAt: NOON,
          nextDueAt: NOON,
          history: [anEntry({ watch: claim.watch })],
          notes: [],
        });
      await run(`update history set body = ${ODD} where watch = 'a'`);
      expect((await store().history({ limit: 10 })).map(({ watch }) => watch).toSorted()).toEqual(["b", "c"]);
    });

    it("keeps no bot from starting", async () => {
      await run(`update watches set verdict = ${ODD} where name = 'a'`);
      await run(`update alerts set body = ${ODD} where watch = 'b'`);
      await store().sync([{ name: "a", definition: "another" }], minutes(1), {
        renew: () => minutes(1),
        retire: (alert) => asItIs({ ...alert, resolvedAt: NOON, resolution: "unwatched" }),
      });
      // One whose alert cannot be ended stays.
      expect((await store().list()).map(({ name }) => name)).toEqual(["a", "b"]);
    });
  });

  it("troubles are also the watches whose inspections fail", async () => {
    await roundWith(named("a"));
    const claim = only(await claimDue({ which: "all", now: minutes(2_000), roundStartedAt: minutes(2_000) }));
    const message = claim.state.failing?.failure.message;
    expect(message).toMatch(/./);
    expect(await store().troubles()).toEqual({ failing: [{ watch: "a", message }], unreadable: [] });
    const state = { ...claim.state, failing: null };
    await store().saveRound(claim, { state, checkedAt: NOON, nextDueAt: NOON, history: [], notes: [] });
    expect(await store().troubles()).toEqual({ failing: [], unreadable: [] });
  });

  it("finds one watch as it lists it, and says which have no row", async () => {
    await roundWith(named("a"));
    expect(await store().find("a")).toEqual(only(await store().list()));
    expect(await store().find("b")).toBeUndefined();
    expect(await store().missing(["b", "a", "c"])).toEqual(["b", "c"]);
  });
};
