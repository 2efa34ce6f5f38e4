import { describe, expect, it } from "vitest";
import { nextCall } from "../../../src/outbox/next-call.ts";
import type { MessageClaim } from "../../../src/outbox/outbox.ts";
import type { RenewalEntry } from "../../../src/renewal/audit.ts";
import type { Renewal } from "../../../src/renewal/renewal.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";
import { only, owed, type StoreSteps, type Told } from "./contract-store.ts";
import { aCard, aLine, aRenewal, aStep, aStepLine, claiming, ended, minutes, NOON, stepped } from "./states.ts";

const CHANNEL = "C0000000001";
const REF = { channel: CHANNEL, ts: "1700000000.renewal-1" };
const BOT = { kind: "bot" } as const;
const DAY = aLine({ at: minutes(2), by: BOT, event: { kind: "waits_a_day" } });

/** The contract for the message of a renewal. */
export const renewalMessagesContract = ({ store, open, run, deliver }: StoreSteps): void => {
  const start = async (fields: Partial<Renewal> = {}, by: RenewalEntry["by"] = aRenewal().startedBy) => {
    const renewal = aRenewal({ startedBy: by, ...fields });
    const { id, watch } = renewal;
    expect(await store().startRenewal(renewal, [aLine({ renewal: id, watch, by })])).toBeNull();
  };
  const save = async (renewal: Renewal, entries: readonly RenewalEntry[] = []): Promise<Renewal> => {
    expect(await store().saveRenewal(renewal, entries)).toBe(true);
    return renewal;
  };
  const said = (told: readonly Told[]) =>
    told.map(({ claim: { renewal }, call }) => {
      const events = call.kind === "reply" ? call.entries.map(({ event }) => event.kind) : [`of ${renewal?.revision}`];
      return [call.kind, ...events, ...(call.kind === "reply" && call.notice ? ["NOTICE"] : [])].join(" ");
    });
  const take = async (at = 0, from: WatchStore = store()): Promise<MessageClaim> =>
    only(await from.claim(claiming({ now: minutes(at) })));
  const send = async (claim: MessageClaim, at: number, ts = REF.ts): Promise<void> => {
    const call = nextCall(claim, minutes(at), { repeatCriticalMs: 60_000 });
    if (call === undefined) throw new Error("nothing is owed");
    await store().sent([{ claim, call, ref: { ...REF, ts }, at: minutes(at) }]);
  };

  describe("the message of a renewal", () => {
    it("is owed from the start, in the channel of the watch, with the renewal itself", async () => {
      await start();
      expect(await store().undelivered()).toEqual([
        { watch: "orders", kind: "renewal", channel: CHANNEL, error: null, urgent: true },
      ]);
      expect(await take()).toMatchObject({
        message: { id: "renewal-1", kind: "renewal", subject: "renewal-1", routes: [CHANNEL], createdAt: NOON },
        renewal: aRenewal(),
        alerts: [],
        body: null,
        owed: [{ id: "renewal-1/1/joined", what: "joined", alert: null, priority: 0, at: NOON, revision: 1 }],
      });
    });

    it("is posted, edited and answered once for each entry, the wait of a day with a notice", async () => {
      await start();
      expect(said(await deliver())).toEqual(["post of 1"]);
      const one = await save(stepped(aRenewal()), [aStepLine()]);
      const two = await save(stepped(one, aStep({ step: "test", at: minutes(2) })), [DAY]);
      await save(ended(two), [aLine({ at: minutes(10), event: { kind: "ended", outcome: "cancelled", step: null } })]);
      expect(said(await deliver(minutes(11)))).toEqual([
        "edit of 4",
        "reply step",
        "reply waits_a_day NOTICE",
        "reply ended",
      ]);
      expect(said(await deliver(minutes(12)))).toEqual([]);
    });

    it("that was not posted yet is posted with its last state, and its thread has every step", async () => {
      await start();
      await save(stepped(aRenewal()), [aStepLine()]);
      expect(said(await deliver(minutes(1)))).toEqual(["post of 2", "reply step"]);
    });

    it("shows what was saved between the claim and the call, at the latest in the next call", async () => {
      await start();
      const claim = await take();
      await save(stepped(aRenewal()), [aStepLine()]);
      await send(claim, 0);
      await store().release([claim]);
      expect(said(await deliver(minutes(1)))).toEqual(["edit of 2", "reply step"]);
    });

    it("is edited again after a late save, because Slack may show an older state", async () => {
      await start();
      const slow = await take();
      const fast = await take(5, await open());
      await send(fast, 5);
      await store().release([fast]);
      expect(said(await deliver(minutes(6)))).toEqual([]);
      await send(slow, 6);
      expect(said(await deliver(minutes(7)))).toEqual(["edit of 1"]);
    });

    it("is not merged with another one of its channel", async () => {
      await start({ startedAt: minutes(-1) });
      await start({ id: "renewal-2", watch: "crm", card: aCard({ name: "crm" }), place: null });
      const told = await deliver();
      expect(told.map(({ claim }) => claim.renewal?.id)).toEqual(["renewal-1", "renewal-2"]);
    });

    it("goes out in quiet hours when a person acts, and otherwise waits", async () => {
      const quiet = async (): Promise<readonly (readonly string[])[]> => {
        const claims = await store().claim(claiming({ now: minutes(9), quiet: true }));
        await store().release(claims);
        return claims.map(owed);
      };
      await start({}, BOT);
      expect(await quiet()).toEqual([]);
      const one = await save(stepped(aRenewal({ startedBy: BOT }), aStep({ by: BOT })), [
        aStepLine(aStep({ by: BOT })),
      ]);
      expect(await quiet()).toEqual([]);
      await save(stepped(one), [aStepLine()]);
      expect(await quiet()).toEqual([["content", "renewal", "joined", "content", "renewal"]]);
    });

    it("is set aside while its renewal cannot be read, and others go out", async () => {
      await start();
      await start({ id: "renewal-2", watch: "crm", place: null, card: aCard({ name: "crm", channel: "C2" }) });
      await run("create table kept as select body from renewals where id = 'renewal-1'");
      await run("update renewals set body = '{}' where id = 'renewal-1'");
      const told = await deliver();
      expect(told.map(({ claim }) => claim.renewal?.id)).toEqual(["renewal-2"]);
      expect(await store().undelivered()).toMatchObject([
        { watch: "orders", error: expect.stringMatching(/^The stored/) },
      ]);
      await run("update renewals set body = (select body from kept) where id = 'renewal-1'");
      await run("drop table kept");
      expect(said(await deliver(minutes(11)))).toEqual(["post of 1"]);
    });

    it("of a deleted renewal is forgotten", async () => {
      await start();
      await run("delete from renewals");
      expect(said(await deliver())).toEqual([]);
      expect(await store().undelivered()).toEqual([]);
    });

    it("is posted anew when its place was given up", async () => {
      await start();
      await deliver();
      await save(stepped(aRenewal()), [aStepLine()]);
      await store().failed(await take(1), { kind: "abandon", alerts: [] }, "is_archived", minutes(1));
      expect(said(await deliver(minutes(2)))).toEqual(["post of 2", "reply step"]);
    });
  });
};
