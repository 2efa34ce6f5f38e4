import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import type { Delivery } from "../../../src/outbox/message.ts";
import type { MessageClaim } from "../../../src/outbox/outbox.ts";
import type { AlertCandidate, Candidates, Plan } from "../../../src/outbox/plan-places.ts";
import { allInto, eachAlone, only, shown, type StoreSteps } from "./contract-store.ts";
import { aCard, anAlert, aVerdict, aWord, changed, claiming, minutes, NOON } from "./states.ts";

const CAUSE = "scope_missing app 100000000000042";
const CHANNEL = "C0000000001";
const OTHER_CHANNEL = "C0000000002";
/** Without a known app, so it has another cause. */
const OTHER_CAUSE = aVerdict({ token: null });
const NOTHING: Plan = { places: [], merges: [], reminders: [] };

const named = (name: string, fields: Partial<Alert> = {}): Alert =>
  anAlert({ id: name, card: aCard({ name }), ...fields });

/** The owed rows of a message: "a joined", "b worse"… */
const rowsOf = ({ owed: rows }: Delivery): readonly string[] =>
  rows.map(({ alert, what }) => `${alert} ${what}`).toSorted();

/** The contract for alerts without a home. */
export const homesContract = (steps: StoreSteps): void => {
  const { store, open, claim, deliver, roundWith, run } = steps;
  const take = async (fields: Parameters<typeof claiming>[0] = {}, from = store()) => from.claim(claiming(fields));
  const join = async (message = "g", from = store(), now = NOON): Promise<number> =>
    from.regroup(allInto(message), now);
  /** The alerts `a`, `b`… in the group `g`, not yet posted. */
  const grouped = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) await roundWith(named(name));
    expect(await join()).toBe(names.length);
  };
  /** The same, posted. */
  const posted = async (...names: readonly string[]): Promise<void> => {
    await grouped(...names);
    await deliver(NOON, allInto("g"));
  };
  const raise = async (id: string, fields: Partial<Alert> = {}): Promise<void> => {
    const words = fields.resolvedAt instanceof Date ? [aWord({ reason: "recovered" })] : [aWord()];
    await store().changeAlerts({ kind: "alert", id }, (alert) => changed(alert, fields, words));
  };
  const over = async (id: string, resolvedAt = NOON): Promise<void> =>
    raise(id, { resolvedAt, resolution: "recovered" });
  const seenBy = async (from = store(), now = NOON): Promise<readonly AlertCandidate[]> => {
    let seen: Candidates = { alerts: [], lists: [], reminders: [] };
    await from.regroup((all) => {
      seen = all;
      return NOTHING;
    }, now);
    return seen.alerts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  };
  const loose = (id: string): AlertCandidate => ({ id, cause: CAUSE, channel: CHANNEL, home: "none", group: null });
  const post = async (taken: MessageClaim, at = NOON, ts = "1700000000.000100"): Promise<void> => {
    const call = { kind: "post", settles: taken.owed.map(({ id }) => id) } as const;
    await store().sent([{ claim: taken, call, ref: { channel: CHANNEL, ts }, at }]);
  };

  describe("giving alerts their home", () => {
    it("offers open alerts of one cause and channel, also those with a message", async () => {
      await roundWith(named("posted"));
      await deliver();
      await roundWith(named("new"));
      await roundWith(named("over", { resolvedAt: NOON, resolution: "recovered" }));
      await roundWith(named("elsewhere", { card: aCard({ name: "elsewhere", channel: OTHER_CHANNEL }) }));
      await roundWith(named("ending", { verdict: aVerdict({ state: "expired", findings: [] }) }));
      expect(await seenBy()).toEqual([
        { ...loose("elsewhere"), channel: OTHER_CHANNEL },
        { ...loose("ending"), cause: null },
        loose("new"),
        { ...loose("over"), cause: null },
        { ...loose("posted"), home: "settled" },
      ]);
    });

    it("makes no plan when every alert has a home", async () => {
      await posted("a", "b");
      expect(await seenBy()).toEqual([]);
    });

    it("an alert may move before its own message is sent; during its post it only counts", async () => {
      await roundWith(named("free"));
      await roundWith(named("held", { severity: "warning" }));
      await store().regroup(eachAlone, NOON);
      await run(`update owed set at = '2026-11-22T11:00:00.000Z', priority = 0 where alert_id = 'held'`);
      const held = only(await take());
      expect(shown(held)).toEqual(["held"]);
      await roundWith(named("new"));
      expect((await seenBy()).map(({ id, home }) => [id, home])).toEqual([
        ["free", "own"],
        ["held", "settled"],
        ["new", "none"],
      ]);
      expect(await join()).toBe(2);
      await post(held);
      await store().release([held]);
      const group = only(await take());
      expect(shown(group)).toEqual(["free", "new"]);
      expect(rowsOf(group)).toEqual(["free joined", "new joined"]);
    });

    it("the group does not inherit the waits of its alerts' own messages", async () => {
      await roundWith(named("a"));
      const retry = {
        kind: "retry",
        isRefused: true,
        at: minutes(60),
        drops: [],
        accepted: [],
        toldElsewhere: [],
        messages: [],
      } as const;
      await store().failed(only(await claim()), retry, "is_archived", NOON);
      await roundWith(named("b"));
      expect(await join("g", store(), minutes(1))).toBe(2);
      const taken = only(await take({ now: minutes(1) }));
      expect(taken).toMatchObject({
        message: { id: "g", kind: "group", subject: CAUSE, createdAt: minutes(1), spokeAt: null, failures: 0 },
        alerts: [
          { as: "home", alert: named("a"), home: null },
          { as: "home", alert: named("b"), home: null },
        ],
      });
      expect(await store().list()).toMatchObject([
        { owed: true, undelivered: null },
        { owed: true, undelivered: null },
      ]);
    });

    it("more alerts may join a posted group: it is edited, and its thread announces them", async () => {
      await posted("a", "b");
      await roundWith(named("c"));
      await roundWith(named("d", { verdict: OTHER_CAUSE }));
      const seen = await seenBy();
      expect(seen.find(({ id }) => id === "a")).toEqual({ ...loose("a"), home: "settled", group: "g" });
      const ofCause = (all: Candidates): Candidates => ({
        ...all,
        alerts: all.alerts.filter((a) => a.cause === CAUSE),
      });
      expect(await store().regroup((all) => allInto("g")(ofCause(all)), NOON)).toBe(1);
      const taken = only(await take());
      expect(shown(taken)).toEqual(["a", "b", "c"]);
      expect(rowsOf(taken)).toEqual(["c content", "c joined"]);
    });

    it("an alert with a new channel counts for no group in its old channel", async () => {
      await posted("a", "b");
      await raise("a", { card: aCard({ name: "a", channel: OTHER_CHANNEL }) });
      await raise("b", { card: aCard({ name: "b", channel: OTHER_CHANNEL }) });
      await roundWith(named("old"));
      await roundWith(named("new", { card: aCard({ name: "new", channel: OTHER_CHANNEL }) }));
      expect(await seenBy()).toEqual([
        { ...loose("a"), channel: OTHER_CHANNEL, home: "settled" },
        { ...loose("b"), channel: OTHER_CHANNEL, home: "settled" },
        { ...loose("new"), channel: OTHER_CHANNEL },
        loose("old"),
      ]);
    });

    it("a group without an open alert gets no new alerts", async () => {
      await posted("a");
      await over("a");
      await deliver(NOON, allInto("g"));
      await roundWith(named("b"));
      expect(await seenBy()).toEqual([loose("b")]);
    });

    it("two programs at once create one group", async () => {
      for (const name of ["a", "b", "c", "d", "e", "f"]) await roundWith(named(name));
      const other = await open();
      const joined = await Promise.all([join("g"), join("h", other), join("i")]);
      expect(joined.toSorted((a, b) => a - b)).toEqual([0, 0, 6]);
      expect(shown(only(await take()))).toHaveLength(6);
    });

    it("when the plan fails, each alert gets its own message, and the error is thrown", async () => {
      for (const name of ["a", "b"]) await roundWith(named(name));
      const failing = (): Plan => {
        throw new Error("a slip of ours");
      };
      await expect(store().regroup(failing, NOON)).rejects.toThrow("a slip of ours");
      const told = await deliver(NOON, () => NOTHING);
      expect(
        told.map(({ claim: { message }, call }) => [message.kind, message.subject, call.kind].join(" ")).toSorted(),
      ).toEqual(["alert a post", "alert b post"]);
    });

    it("an alert that may not move stays, even when the plan moves it", async () => {
      await posted("a");
      await roundWith(named("b"));
      const greedy = (): Plan => ({
        ...NOTHING,
        places: [{ kind: "group", message: "h", cause: CAUSE, channel: CHANNEL, alerts: ["a", "b"] }],
      });
      expect(await store().regroup(greedy, NOON)).toBe(1);
      expect(shown(only(await take()))).toEqual(["b"]);
    });
  });
};
