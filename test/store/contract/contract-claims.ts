import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import { placeOf } from "../../../src/outbox/message.ts";
import type { MessageClaim } from "../../../src/outbox/outbox.ts";
import { eachAlone, only, owed, shown, type StoreSteps } from "./contract-store.ts";
import { aCard, anAlert, aWord, changed, claiming, minutes, NOON } from "./states.ts";

const CHANNEL = "C0000000001";
const OWN = { kind: "alert", id: "alert-1" } as const;

/** The contract for a courier's claims. */
export const claimsContract = (steps: StoreSteps): void => {
  const { store, open, claim, deliver, roundWith, run } = steps;
  /** Uses its own channel, so that one claim includes it along with others. */
  const named = (name: string, fields: Partial<Alert> = {}): Alert =>
    anAlert({ id: name, card: aCard({ name, channel: `C${name}` }), ...fields });
  const firsts = (claims: readonly MessageClaim[]): readonly string[] =>
    claims.flatMap((one) => shown(one).slice(0, 1));
  /** The messages of the next claim. They are released afterwards. */
  const look = async (fields: Parameters<typeof claim>[0] = {}): Promise<readonly MessageClaim[]> => {
    const claims = await claim(fields);
    await store().release(claims);
    return claims;
  };
  const raise = async (fields: Partial<Alert> = {}, reason: "worse" | "better" = "worse"): Promise<void> => {
    await store().changeAlerts(OWN, (alert) => changed(alert, fields, [aWord({ reason })]));
  };
  const post = async (taken: MessageClaim, ts = "1700000000.000100", at = NOON): Promise<void> => {
    const call = { kind: "post", settles: taken.owed.map(({ id }) => id) } as const;
    await store().sent([{ claim: taken, call, ref: { channel: placeOf(taken.message), ts }, at }]);
  };

  describe("claiming messages", () => {
    it("gives a new alert with all its owed rows, once, until the lease ends", async () => {
      await roundWith(anAlert());
      const other = await open();
      expect(only(await claim())).toStrictEqual({
        message: {
          id: `alert-1 in ${CHANNEL}`,
          kind: "alert",
          subject: "alert-1",
          routes: [CHANNEL],
          ref: null,
          createdAt: NOON,
          spokeAt: null,
          failures: 0,
        },
        body: null,
        renewal: null,
        alerts: [{ alert: anAlert(), as: "home", home: null }],
        owed: [
          {
            id: "alert-1/1/joined",
            alert: "alert-1",
            revision: 1,
            what: "joined",
            priority: 1,
            at: NOON,
            notice: false,
            reply: null,
            entry: null,
            toldElsewhere: false,
          },
        ],
        lease: expect.any(String),
        claimedAt: NOON,
      });
      expect(await claim({}, other)).toEqual([]);
      expect(await claim({ now: minutes(1) }, other)).toHaveLength(1);
    });

    it("gives no owed row of an alert without a home", async () => {
      await roundWith(anAlert());
      expect(await store().claim(claiming())).toEqual([]);
      expect(await store().undelivered()).toMatchObject([{ watch: "orders", kind: "alert", channel: CHANNEL }]);
    });

    it("gives one message of each place, the oldest first, up to the limit", async () => {
      await roundWith(named("b", { openedAt: minutes(-1) }));
      await roundWith(named("a"));
      await roundWith(anAlert({ id: "c", card: aCard({ name: "c", channel: "Ca" }) }));
      await run("update owed set at = '2026-11-22T11:00:00.000Z' where alert_id = 'c'");
      const first = await claim({ limit: 1 });
      expect(firsts(first)).toEqual(["c"]);
      expect(firsts(await claim({ except: ["Ca"] }))).toEqual(["b"]);
      await store().release(first);
      expect(firsts(await claim())).toEqual(["c"]);
    });

    it("finds messages behind a long backlog of one place", async () => {
      await roundWith(named("long"));
      await roundWith(named("behind", { severity: "warning" }));
      await store().regroup(eachAlone, NOON);
      const rows = Array.from(
        { length: 1_000 },
        (_, index) => `('r${index}', 'long in Clong', 'long', ${index}, 'content', 1, '2026-11-22T11:00:00.000Z')`,
      );
      await run(`insert into owed (id, message_id, alert_id, revision, what, priority, at) values ${rows.join()}`);
      const claims = await claim();
      expect(firsts(claims)).toEqual(["long", "behind"]);
      expect(claims[0]?.owed).toHaveLength(1_001);
    });

    it("gives people's actions first, then critical alerts, then the rest", async () => {
      await roundWith(named("mild", { severity: "warning" }));
      await roundWith(named("bad"));
      await roundWith(named("seen", { severity: "warning" }));
      const answer = aWord({ reason: "acknowledged", by: "U1", notice: false });
      const seen = async () =>
        store().changeAlerts({ kind: "alert", id: "seen" }, (alert) => changed(alert, {}, [answer]));
      await seen();
      expect(firsts(await look())).toEqual(["seen", "bad", "mild"]);
      // Slack does not show the answered alert, so its message waits like any other.
      expect(firsts(await look({ quiet: true }))).toEqual(["bad"]);
      await post(only(await claim({ limit: 1 })));
      await seen();
      expect(firsts(await look({ now: minutes(1), quiet: true }))).toEqual(["seen", "bad"]);
      expect((await store().undelivered()).map(({ watch, urgent }) => `${watch} ${urgent}`).toSorted()).toEqual([
        "bad true",
        "mild false",
        "seen true",
      ]);
    });

    it("gives the whole message when quiet hours do not delay one of its rows", async () => {
      await roundWith(anAlert({ severity: "warning" }));
      await deliver();
      await raise();
      expect(await look({ quiet: true })).toEqual([]);
      await raise({ severity: "critical" });
      expect(only(await look({ quiet: true })).owed).toHaveLength(4);
    });

    it("skips the given places, compared with the channel of the post, otherwise with the route", async () => {
      for (const name of ["stands", "goes", "other"]) await roundWith(named(name));
      for (const one of await claim())
        if (shown(one).includes("stands")) {
          const call = { kind: "post", settles: one.owed.map(({ id }) => id) } as const;
          await store().sent([{ claim: one, call, ref: { channel: "C3", ts: "1.1" }, at: NOON }]);
        }
      await store().changeAlerts({ kind: "alert", id: "stands" }, (alert) => changed(alert));
      const without = async (...except: readonly string[]) =>
        firsts(await look({ now: minutes(1), except })).toSorted();
      expect(await without("Cstands")).toEqual(["goes", "other", "stands"]);
      expect(await without("C3", "Cgoes")).toEqual(["other"]);
    });

    it("gives a due row, and a row from before the clock was set back", async () => {
      await roundWith(anAlert());
      await deliver();
      const reminder = aWord({ reason: "reminder" });
      await store().changeAlerts(OWN, (alert) => changed(alert, {}, [reminder]));
      expect(owed(only(await look()))).toEqual(["content"]);
      expect(owed(only(await look({ now: minutes(1) }))).toSorted()).toEqual(["content", "reminder"]);
      expect(owed(only(await look({ now: minutes(-60) }))).toSorted()).toEqual(["content", "reminder"]);
    });

    it("two programs at once never claim the same message", async () => {
      for (const name of ["a", "b", "c", "d"]) await roundWith(named(name));
      const other = await open();
      await store().regroup(eachAlone, NOON);
      const taken = await Promise.all([store().claim(claiming()), other.claim(claiming())]);
      expect(taken.flatMap(firsts).toSorted()).toEqual(["a", "b", "c", "d"]);
    });
  });
};
