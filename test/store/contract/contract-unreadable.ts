import { beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import type { MessageClaim } from "../../../src/outbox/outbox.ts";
import { respond } from "../../../src/alert/respond.ts";
import { allInto, eachAlone, names, only, shown, type StoreSteps } from "./contract-store.ts";
import {
  aCard,
  aList,
  anAbsence,
  anAlert,
  anEntry,
  anOutcome,
  asItIs,
  aWord,
  changed,
  claiming,
  minutes,
  NOON,
} from "./states.ts";
import { saveRound } from "../../support/save-round.ts";

/** Content that a later version or a mistaken edit may have written. */
const ODD = `'{"kind":"of a later version"}'`;
const WORDS = expect.stringMatching(/^The stored .+ cannot be read\. Run the version that wrote it, /);
const GROUP = { kind: "message", id: "g" } as const;

/** Uses its own channel, so that one claim includes it along with others. */
const apart = (name: string): Alert => anAlert({ id: name, card: aCard({ name, channel: `C${name}` }) });
const named = (name: string): Alert => anAlert({ id: name, card: aCard({ name }) });

/** The contract for rows next to an unreadable row. */
export const unreadableContract = ({ store, run, claimDue, claim, deliver, roundWith }: StoreSteps): void => {
  const raise = async (id: string): Promise<void> => {
    await store().changeAlerts({ kind: "alert", id }, (alert) => changed(alert, {}, [aWord()]));
  };
  const acknowledgeGroup = async () =>
    store().changeAlerts(GROUP, (alert) => respond(alert, "U1", { kind: "acknowledge" }, NOON));
  const firsts = (claims: readonly MessageClaim[]): readonly string[] => claims.flatMap(shown).toSorted();
  const lookAt = async (at: number): Promise<readonly string[]> => {
    const claims = await claim({ now: minutes(at) });
    await store().release(claims);
    return firsts(claims);
  };
  const post = async (taken: MessageClaim): Promise<void> => {
    const call = { kind: "post", settles: taken.owed.map(({ id }) => id) } as const;
    await store().sent([{ claim: taken, call, ref: { channel: "C0000000001", ts: "1.1" }, at: NOON }]);
    await store().release([taken]);
  };

  describe("a row that cannot be read", () => {
    beforeEach(async () => {
      for (const name of ["a", "b", "c"]) await roundWith(apart(name));
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
      expect((await store().troubles(20)).unreadable).toEqual([WORDS]);
    });

    it("of a watch is tried again after a while", async () => {
      await run("update watches set told = '{' where name = 'a'");
      expect(await look(2_000)).toEqual(["b", "c"]);
      await run("update watches set told = null where name = 'a'");
      expect(await look(2_011)).toEqual(["a", "b", "c"]);
      expect((await store().troubles(20)).unreadable).toEqual([]);
    });

    it("is listed with the remedy, without its unreadable text", async () => {
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

    it("is no problem any more after it was deleted", async () => {
      await run(`update watches set verdict = ${ODD} where name = 'a'`);
      await store().list();
      await run("delete from watches where name = 'a'");
      expect((await store().troubles(20)).unreadable).toEqual([]);
    });

    it("of an alert is set aside with the remedy, and all the others are delivered", async () => {
      await run(`update alerts set body = ${ODD} where watch = 'a'`);
      await store().regroup(eachAlone, NOON);
      expect(await lookAt(0)).toEqual(["b", "c"]);
      expect(await lookAt(5)).toEqual(["b", "c"]);
      expect(await store().undelivered()).toContainEqual(expect.objectContaining({ watch: "a", error: WORDS }));
      expect((await store().troubles(20)).unreadable).toEqual([WORDS]);
    });

    it("of an alert is tried again after a while", async () => {
      await store().regroup(eachAlone, NOON);
      await run(`alter table alerts add column was text`);
      await run(`update alerts set was = body`);
      await run(`update alerts set body = ${ODD} where watch = 'a'`);
      expect(await lookAt(0)).toEqual(["b", "c"]);
      await run(`update alerts set body = was`);
      await run(`alter table alerts drop column was`);
      expect(await lookAt(9)).toEqual(["b", "c"]);
      expect(await lookAt(10)).toEqual(["a", "b", "c"]);
      expect((await store().troubles(20)).unreadable).toEqual([]);
    });

    it.each([
      ["body", `body = ${ODD}`],
      ["routes", `routes = '[1]'`],
    ])("of a message (its %s) is set aside with the remedy, and all the others are delivered", async (_, set) => {
      const messages = ["1", "2", "3"].map((id) => anAbsence({ id, routes: [`C${id}`] }));
      await store().advanceDeadline("m", null, { at: NOON, spec: "" }, messages);
      await run(`update messages set ${set} where id = '1'`);
      const ids = async (at: number) => {
        const claims = await store().claim(claiming({ now: minutes(at) }));
        await store().release(claims);
        return claims.map(({ message }) => message.id).toSorted();
      };
      expect(await ids(0)).toEqual(["2", "3"]);
      expect(await ids(5)).toEqual(["2", "3"]);
      expect(await store().undelivered()).toContainEqual(expect.objectContaining({ channel: "C1", error: WORDS }));
      await store().regroup(eachAlone, NOON);
    });

    it("of a reply is set aside after its message was delivered, and is not claimed again at once", async () => {
      await deliver();
      await raise("a");
      await run(`update owed set word = ${ODD} where what = 'worse'`);
      const taken = only(await store().claim(claiming()));
      expect(taken.owed.map(({ what }) => what)).toEqual(["content"]);
      await store().release([taken]);
      expect((await deliver()).map(({ call }) => call.kind)).toEqual(["edit"]);
      expect(await store().claim(claiming({ now: minutes(9) }))).toEqual([]);
      expect(await store().undelivered()).toMatchObject([{ watch: "a", error: WORDS }]);
      await run(`delete from owed where what = 'worse'`);
      await raise("a");
      expect((await deliver(minutes(10))).map(({ call }) => call.kind)).toEqual(["edit", "reply"]);
    });

    it("of an alert in a list does not hide the list's other alerts", async () => {
      await deliver();
      await store().changeAlerts({ kind: "alert", id: "a" }, (alert) => ({
        ...asItIs(alert),
        messages: [aList({ alerts: ["a", "b"] })],
      }));
      await run(`update alerts set body = ${ODD} where watch = 'a'`);
      const told = await deliver();
      expect(told.map(({ claim: one }) => shown(one))).toEqual([["b"]]);
      expect(await store().undelivered()).toMatchObject([{ watch: "a", error: WORDS }]);
    });

    it("of the history is left out", async () => {
      const claims = await claimDue({ which: "all", now: minutes(2_000), roundStartedAt: minutes(2_000) });
      for (const one of claims)
        await saveRound(store(), one, anOutcome({ state: one.state, history: [anEntry({ watch: one.watch })] }));
      await run(`update history set body = ${ODD} where watch = 'a'`);
      expect((await store().history({ limit: 10 })).map(({ watch }) => watch).toSorted()).toEqual(["b", "c"]);
    });

    it("does not prevent the start of a bot", async () => {
      await run(`update watches set verdict = ${ODD} where name = 'a'`);
      await run(`update alerts set body = ${ODD} where watch = 'b'`);
      await store().sync([{ name: "a", definition: "another" }], minutes(1), {
        renew: () => minutes(1),
        resolveRemoved: (alert) => changed(alert, { resolvedAt: NOON, resolution: "unwatched" }),
      });
      // A watch whose alert cannot be ended stays.
      expect((await store().list()).map(({ name }) => name)).toEqual(["a", "b"]);
    });
  });

  describe("an alert of a group that cannot be read", () => {
    beforeEach(async () => {
      for (const name of ["a", "b", "c"]) await roundWith(named(name));
      await store().regroup(allInto("g"), NOON);
    });

    it("leaves it, and the group shows and announces the others", async () => {
      await run(`update alerts set body = ${ODD} where watch = 'a'`);
      const taken = only(await store().claim(claiming()));
      expect(shown(taken)).toEqual(["b", "c"]);
      await post(taken);
      await store().regroup(allInto("g"), NOON);
      expect(await store().claim(claiming())).toEqual([]);
      expect(await store().undelivered()).toMatchObject([{ watch: "a", kind: "alert", error: WORDS }]);
      expect((await acknowledgeGroup())?.changed).toHaveLength(2);
    });

    it("does not block people's actions on the other alerts", async () => {
      await post(only(await store().claim(claiming())));
      await run(`update alerts set body = ${ODD} where watch = 'a'`);
      expect((await acknowledgeGroup())?.changed.map(({ id }) => id)).toEqual(["b", "c"]);
    });

    it("does not undo what Slack accepted", async () => {
      const taken = only(await store().claim(claiming()));
      await raise("a");
      await run(`update owed set word = ${ODD} where what = 'worse'`);
      await post(taken);
      const next = only(await store().claim(claiming()));
      expect(next.message.ref?.ts).toBe("1.1");
      expect(next.owed.map(({ alert, what }) => [alert, what])).toEqual([["a", "content"]]);
    });
  });

  it("problems include the first failing watches by name, and the number of the others", async () => {
    for (const name of ["a", "b", "c", "d"]) await roundWith(named(name));
    const { failing, alsoFailing } = await store().troubles(2);
    expect([failing.map(({ watch }) => watch), alsoFailing]).toEqual([["a", "b"], 2]);
    const claims = await claimDue({ which: "all", now: minutes(2_000), roundStartedAt: minutes(2_000) });
    for (const taken of claims.filter(({ watch }) => watch === "a" || watch === "b"))
      await saveRound(store(), taken, anOutcome({ state: { ...taken.state, failing: null } }));
    expect(await store().troubles(2)).toMatchObject({ failing: [{ watch: "c" }, { watch: "d" }], alsoFailing: 0 });
    expect(await store().troubles(1)).toMatchObject({ failing: [{ watch: "c" }], alsoFailing: 1 });
  });

  it("problems include watches with failing inspections", async () => {
    await roundWith(named("a"));
    const taken = only(await claimDue({ which: "all", now: minutes(2_000), roundStartedAt: minutes(2_000) }));
    const message = taken.state.failing?.failure.message;
    expect(message).toMatch(/./);
    expect(await store().troubles(20)).toEqual({ failing: [{ watch: "a", message }], alsoFailing: 0, unreadable: [] });
    const state = { ...taken.state, failing: null };
    await saveRound(store(), taken, anOutcome({ state }));
    expect(await store().troubles(20)).toEqual({ failing: [], alsoFailing: 0, unreadable: [] });
  });

  it("returns one watch as in the list, and the names without a row", async () => {
    await roundWith(named("a"));
    expect(await store().find("a")).toEqual(only(await store().list()));
    expect(await store().find("b")).toBeUndefined();
    expect(await store().missing(["b", "a", "c"])).toEqual(["b", "c"]);
  });
};
