import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import type { NewMessage } from "../../../src/outbox/message.ts";
import type { MessageClaim } from "../../../src/outbox/outbox.ts";
import type { Candidates, Plan } from "../../../src/outbox/plan-places.ts";
import { planPlaces } from "../../../src/outbox/plan-places.ts";
import { allInto, only, owed, shown, type StoreSteps } from "./contract-store.ts";
import {
  aCard,
  aList,
  anAbsence,
  anAlert,
  anEntry,
  asItIs,
  aWord,
  changed,
  claiming,
  minutes,
  NOON,
} from "./states.ts";

const NOTHING: Plan = { places: [], merges: [], reminders: [] };
const ids = (claims: readonly MessageClaim[]): readonly string[] => claims.map(({ message }) => message.id);
const named = (name: string, fields: Partial<Alert> = {}): Alert =>
  anAlert({ id: name, card: aCard({ name }), ...fields });

/** What messages rely on that no alert lives in. */
export const listsContract = ({ store, open, deliver, roundWith, run }: StoreSteps): void => {
  let deadlines = 0;
  const owe = async (...messages: readonly NewMessage[]): Promise<void> => {
    expect(await store().advanceDeadline(`m${++deadlines}`, null, { at: NOON, spec: "" }, messages)).toBe(true);
  };
  const take = async (fields: Parameters<typeof claiming>[0] = {}, from = store()) => from.claim(claiming(fields));
  /** An escalation or another list that comes with a change of a posted alert. */
  const list = async (fields: Partial<NewMessage> = {}): Promise<void> => {
    await store().changeAlerts({ kind: "alert", id: fields.alerts?.[0] ?? "alert-1" }, (alert) => ({
      ...asItIs(alert),
      messages: [aList(fields)],
    }));
  };
  const candidates = async (now = NOON): Promise<Candidates> => {
    let seen: Candidates = { alerts: [], lists: [], reminders: [] };
    await store().regroup((all) => {
      seen = all;
      return NOTHING;
    }, now);
    return seen;
  };
  let made = 0;
  const planAt =
    (now: Date) =>
    (all: Candidates): Plan =>
      planPlaces(all, { now, newId: () => `made-${++made}`, mayJoin: () => true, repeatCriticalMs: 240 * 60_000 });
  const plan = planAt(NOON);

  describe("messages that show no alert", () => {
    it.each<Pick<NewMessage, "kind" | "body">>([
      {
        kind: "absence",
        body: { kind: "absence", from: NOON, to: minutes(60), watches: 3, missed: [anEntry()], more: 1 },
      },
      {
        kind: "digest",
        body: {
          kind: "digest",
          counts: { states: [{ state: "unknown", count: 41 }], alerts: 3, acknowledged: 2, snoozed: 1, unread: 0 },
          rows: [
            {
              watch: "orders",
              state: "unknown",
              expiry: { kind: "at", at: minutes(60) },
              answeredAt: null,
              alert: null,
              acknowledged: false,
              snoozedUntil: minutes(90),
              extraScopes: ["business_management"],
              old: true,
              evidence: { call: "GET /me", status: 200, code: null, subcode: null, trace: null, at: NOON },
              unread: [
                { kind: "phone", id: "100000000002001", failure: { kind: "unreachable", evidence: null } },
                { kind: "waba", id: "100000000001001", failure: null, reason: "As an older version stored it" },
              ],
            },
          ],
          more: 0,
          fleets: [{ fleet: "customers", message: "Could not read the list." }],
          renewed: [
            { watch: "crm", by: { kind: "bot" }, expiry: { kind: "at", at: minutes(60) } },
            { watch: "orders", by: { kind: "slack", user: "U0000000001" }, expiry: { kind: "never" } },
          ],
        },
      },
    ])("are given as they were owed: $kind", async ({ kind, body }) => {
      await owe(anAbsence({ kind, body }));
      expect(only(await take())).toMatchObject({
        message: { id: "absence-1", kind, subject: null, routes: ["C0000000009", "U0000000009"], createdAt: NOON },
        body,
        alerts: [],
        owed: [{ id: "absence-1/joined", alert: null, what: "joined", priority: 2 }],
      });
    });

    it("are claimed in the order critical, then oldest, one for each place", async () => {
      await owe(
        anAbsence({ id: "mild", routes: ["C1"], at: minutes(-9) }),
        anAbsence({ id: "new", routes: ["C1"], severity: "critical" }),
        anAbsence({ id: "old", routes: ["C2"], severity: "critical", at: minutes(-1) }),
      );
      const other = await open();
      expect(ids(await take({ limit: 1 }))).toEqual(["old"]);
      expect(ids(await take({ except: ["C2"] }, other))).toEqual(["new"]);
      expect(ids(await take({ except: ["C2"] }))).toEqual(["mild"]);
      expect(await take()).toEqual([]);
      expect(ids(await take({ now: minutes(1) }))).toEqual(["old", "new"]);
    });

    it("wait for the end of quiet hours, unless they are critical", async () => {
      await owe(anAbsence({ id: "mild", routes: ["C1"] }), anAbsence({ id: "bad", severity: "critical" }));
      expect(ids(await take({ quiet: true }))).toEqual(["bad"]);
    });

    it("two programs at once never claim the same one", async () => {
      await owe(...Array.from({ length: 12 }, (_, index) => anAbsence({ id: `n${index}`, routes: [`C${index}`] })));
      const other = await open();
      const taken = await Promise.all([take(), take({}, other), take(), take({}, other)]);
      const seen = taken.flatMap(ids);
      expect(new Set(seen).size).toBe(seen.length);
      expect([...seen, ...ids(await take())]).toHaveLength(12);
    });

    it("that were posted are not claimed again, even after the end of the lease", async () => {
      await owe(anAbsence());
      const slow = only(await take());
      await take({ now: minutes(1) });
      const call = { kind: "post", settles: slow.owed.map(({ id }) => id) } as const;
      await store().sent([{ claim: slow, call, ref: { channel: "C0000000009", ts: "1.1" }, at: minutes(1) }]);
      expect(await take({ now: minutes(60) })).toEqual([]);
      expect(await store().undelivered()).toEqual([]);
    });

    it("with one id are added only once", async () => {
      await owe(anAbsence({ severity: "critical" }));
      await owe(anAbsence());
      expect(only(await take()).owed).toMatchObject([{ priority: 1 }]);
    });

    it("that were not sent: only the latest digest is sent, but every absence", async () => {
      const digest = { kind: "digest", routes: ["C1"] } as const;
      await owe(
        anAbsence({ id: "a" }),
        anAbsence({ id: "b", at: minutes(1) }),
        anAbsence({ id: "c", ...digest }),
        anAbsence({ id: "d", ...digest, at: minutes(1) }),
      );
      await store().regroup(plan, minutes(2));
      expect(ids(await take({ now: minutes(2) })).toSorted()).toEqual(["a", "d"]);
      expect(await store().undelivered()).toHaveLength(3);
    });
  });

  describe("lists of alerts that live elsewhere", () => {
    it("show the current alerts, with their homes", async () => {
      await roundWith(anAlert());
      await deliver();
      await list();
      const taken = only(await take());
      expect(taken.alerts).toMatchObject([
        {
          as: "mention",
          alert: { id: "alert-1" },
          home: { channel: "C0000000001", ts: "1700000000.alert-1 in C0000000001" },
        },
      ]);
      expect(owed(taken)).toEqual(["joined"]);
    });

    it("stay current after the post: a change edits them, and people's actions and ends are replies", async () => {
      await roundWith(anAlert());
      await list();
      await deliver();
      const own = { kind: "alert", id: "alert-1" } as const;
      await store().changeAlerts(own, (alert) => changed(alert, {}, [aWord()]));
      const onList = async (now: Date) =>
        (await deliver(now)).filter(({ claim }) => claim.message.id === "list-1").map(({ call }) => call.kind);
      expect(await onList(minutes(1))).toEqual(["edit"]);
      const answer = aWord({ reason: "acknowledged", by: "U1", notice: false });
      await store().changeAlerts(own, (alert) => changed(alert, { acknowledged: { by: "U1", at: NOON } }, [answer]));
      expect(await onList(minutes(2))).toEqual(["edit", "reply"]);
    });

    const calls = (told: Awaited<ReturnType<typeof deliver>>): readonly string[] =>
      told
        .filter(({ claim }) => claim.message.id === "list-1")
        .map(({ claim, call }) => `${call.kind} with ${claim.alerts[0]?.home?.ts ?? "no home"}`);
    const postList = async (): Promise<void> => {
      const taken = only(await take());
      const settles = taken.owed.map(({ id }) => id);
      const ref = { channel: "C0000000009", ts: "1.1" };
      await store().sent([{ claim: taken, call: { kind: "post", settles }, ref, at: NOON }]);
      await store().release([taken]);
    };

    it("are edited when the message of their alert is posted after them", async () => {
      await roundWith(anAlert());
      await list();
      expect(calls(await deliver())).toEqual(["post with no home", "edit with 1700000000.alert-1 in C0000000001"]);
      expect(await store().undelivered()).toEqual([]);
    });

    it("are edited once when the message of their alert is posted again, also after two saves", async () => {
      await roundWith(anAlert());
      await list();
      await deliver();
      await run(`insert into owed (id, message_id, alert_id, revision, what, priority, at, notice, told_elsewhere)
        values ('o', 'alert-1 in C0000000001', 'alert-1', 1, 'content', 1, '2026-11-22T12:00:00.000Z', 0, 0)`);
      const taken = only(await take({ now: minutes(1) }));
      const ref = { channel: "C0000000001", ts: "2.2" };
      const save = async () =>
        store().sent([{ claim: taken, call: { kind: "post", settles: ["o"] }, ref, at: minutes(1) }]);
      await save();
      await store().release([taken]);
      expect(calls(await deliver(minutes(1)))).toEqual(["edit with 2.2"]);
      await save();
      expect(calls(await deliver(minutes(1)))).toEqual([]);
    });

    it("are edited when their alert joins a posted group", async () => {
      for (const name of ["a", "b"]) await roundWith(named(name));
      await deliver(NOON, allInto("g"));
      await roundWith(named("c"));
      await list({ alerts: ["c"] });
      await postList();
      expect(calls(await deliver(minutes(1), allInto("g")))).toEqual(["edit with 1700000000.g"]);
    });

    it("are never posted when all their alerts ended before the post", async () => {
      await roundWith(anAlert());
      await deliver();
      await list();
      await store().changeAlerts({ kind: "alert", id: "alert-1" }, (alert) =>
        changed(alert, { resolvedAt: NOON, resolution: "recovered" }, [aWord({ reason: "recovered" })]),
      );
      expect((await deliver(minutes(1))).map(({ claim }) => claim.message.kind)).toEqual(["alert", "alert"]);
      expect(await store().undelivered()).toEqual([]);
    });

    it("that were not sent are merged when kind and place are the same", async () => {
      for (const name of ["a", "b", "c"]) await roundWith(named(name));
      await deliver();
      await list({ id: "e1", alerts: ["a"] });
      await list({ id: "e2", alerts: ["b"], at: minutes(1) });
      await list({ id: "e3", alerts: ["c"], routes: ["C7"] });
      expect((await candidates()).lists.map(({ message }) => message).toSorted()).toEqual(["e1", "e2", "e3"]);
      await store().regroup(plan, minutes(2));
      const claims = await take({ now: minutes(2) });
      expect(claims.map((one) => [one.message.id, ...shown(one)].join(" ")).toSorted()).toEqual(["e1 a b", "e3 c"]);
      expect(await store().findAlerts({ kind: "message", id: "e2" })).toBeUndefined();
    });

    it("that a program has claimed stay unchanged", async () => {
      for (const name of ["a", "b"]) await roundWith(named(name));
      await deliver();
      await list({ id: "e1", alerts: ["a"] });
      await take();
      await list({ id: "e2", alerts: ["b"] });
      await store().regroup(plan, NOON);
      expect((await store().undelivered()).filter(({ kind }) => kind === "escalation")).toHaveLength(2);
    });
  });

  describe("reminders of one channel", () => {
    const remind = async (...names: readonly string[]): Promise<void> => {
      for (const id of names)
        await store().changeAlerts({ kind: "alert", id }, (alert) =>
          changed(alert, {}, [aWord({ reason: "reminder", at: NOON })]),
        );
    };
    const posted = async (...names: readonly string[]): Promise<void> => {
      for (const name of names) await roundWith(named(name));
      await deliver();
    };

    it("become one message that mentions their alerts, and their homes stay as they are", async () => {
      await posted("a", "b");
      await remind("a", "b");
      await store().regroup(plan, minutes(0.5));
      const told = await deliver(minutes(1.1), plan);
      expect(told.map(({ claim: { message }, call }) => `${message.kind} ${call.kind}`).toSorted()).toEqual([
        "alert edit",
        "alert edit",
        "reminders post",
      ]);
      const post = only(told.filter(({ call }) => call.kind === "post"));
      expect(post.claim.message).toMatchObject({ routes: ["C0000000001"], subject: null });
      expect(post.claim.alerts.map(({ as, alert }) => [as, alert.id])).toEqual([
        ["mention", "a"],
        ["mention", "b"],
      ]);
      expect(await store().undelivered()).toEqual([]);
    });

    it("join a message that still waits", async () => {
      await posted("a", "b", "c");
      await remind("a", "b");
      await store().regroup(plan, NOON);
      await remind("c");
      await store().regroup(plan, minutes(0.5));
      const told = await deliver(minutes(2), plan);
      expect(shown(only(told.filter(({ call }) => call.kind === "post")).claim)).toEqual(["a", "b", "c"]);
    });

    it("of a group name its alerts without a response, and delay its own reminder", async () => {
      for (const name of ["a", "b", "c", "d"]) await roundWith(named(name));
      await deliver(NOON, allInto("g"));
      await roundWith(named("x"));
      await deliver();
      const answered = { acknowledged: { by: "U1", at: NOON } };
      await store().changeAlerts({ kind: "alert", id: "b" }, (alert) => changed(alert, answered));
      await store().changeAlerts({ kind: "alert", id: "c" }, (alert) => changed(alert, { severity: "warning" }));
      await remind("a", "x");
      const later = minutes(150);
      const at = planAt(later);
      const spokeAt = async () => (await candidates(later)).reminders.map((one) => one.spokeAt);
      await store().regroup(at, later);
      await remind("d");
      expect(await spokeAt()).toEqual([NOON]);
      const told = await deliver(later, at);
      const post = only(told.filter(({ call }) => call.kind === "post"));
      expect(shown(post.claim)).toEqual(["a", "d", "x"]);
      await remind("a", "d");
      expect(await spokeAt()).toEqual([later, later]);
    });

    it("return to an alert that gets a new message before they are sent", async () => {
      await posted("a", "b");
      await remind("a", "b");
      await store().regroup(plan, NOON);
      const home = only(await take());
      const [moving = ""] = shown(home);
      await store().failed(home, { kind: "abandon", alerts: [moving] }, "is_archived", NOON);
      await store().regroup(plan, NOON);
      const anew = only(await take());
      expect(shown(anew)).toEqual([moving]);
      await store().release([anew]);
      const told = await deliver(minutes(2), plan);
      const posts = told.flatMap(({ claim, call }) => (call.kind === "post" ? [claim] : []));
      expect(posts.filter((one) => owed(one).includes("reminder")).map(({ message }) => message.kind)).toEqual(
        expect.arrayContaining(["alert", "reminders"]),
      );
      expect(posts).toHaveLength(2);
      expect(await store().undelivered()).toEqual([]);
    });

    it("a single one is sent in the thread of its alert", async () => {
      await posted("a", "b");
      await remind("a");
      const told = await deliver(minutes(2), plan);
      expect(told.map(({ claim: { message }, call }) => `${message.kind} ${call.kind}`)).toEqual([
        "alert edit",
        "alert reply",
      ]);
    });

    it("of a claimed message stay in it", async () => {
      await posted("a", "b");
      await remind("a", "b");
      const held = only(await take());
      expect((await candidates()).reminders).toMatchObject([{ alert: shown(held)[0] === "a" ? "b" : "a" }]);
    });

    it("the posted message stays current like any list", async () => {
      await posted("a", "b");
      await remind("a", "b");
      await deliver(minutes(2), plan);
      await store().changeAlerts({ kind: "alert", id: "a" }, (alert) =>
        changed(alert, { resolvedAt: NOON, resolution: "recovered" }, [aWord({ reason: "recovered" })]),
      );
      const told = await deliver(minutes(3), plan);
      expect(told.map(({ claim: { message }, call }) => `${message.kind} ${call.kind}`).toSorted()).toEqual([
        "alert edit",
        "alert reply",
        "reminders edit",
        "reminders reply",
      ]);
    });
  });
};
