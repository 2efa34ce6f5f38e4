import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { KyselyPlugin } from "kysely";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import { type NewMessage, placeOf } from "../../../src/outbox/message.ts";
import { nextCall } from "../../../src/outbox/next-call.ts";
import type { MessageClaim } from "../../../src/outbox/outbox.ts";
import { type Candidates, type Plan, planPlaces } from "../../../src/outbox/plan-places.ts";
import type { Renewal } from "../../../src/renewal/renewal.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";
import { auditOutbox } from "../../support/audit-outbox.ts";
import { postgres, useDatabase } from "../../support/postgres-database.ts";
import { allInto, eachAlone } from "../contract/contract-store.ts";
import {
  aCard,
  aLine,
  aList,
  anAlert,
  anOutcome,
  aRenewal,
  asItIs,
  aState,
  aStepLine,
  aVerdict,
  aWord,
  changed,
  claiming,
  minutes,
  NOON,
  stepped,
} from "../contract/states.ts";
import { saveRound } from "../../support/save-round.ts";
import { keptConnections } from "./kept-connections.ts";

/** Longer than any statement takes here. A statement that still runs waits for a lock. */
const STATEMENT_MS = 40;
const OTHER_CAUSE = aVerdict({ token: null });

/** Changes after which an alert no longer belongs with the others. */
const MOVES: Readonly<Record<string, (alert: Alert) => Partial<Alert>>> = {
  cause: () => ({ verdict: OTHER_CAUSE }),
  channel: ({ card }) => ({ card: { ...card, channel: "C0000000002" } }),
};

/** Puts all alerts with one cause and channel into one group, even a few. */
const together = (candidates: Candidates): Plan => {
  const rules = { now: NOON, newId: randomUUID, mayJoin: () => true, repeatCriticalMs: 4 * 3_600_000 };
  const { merges, reminders } = planPlaces(candidates, rules);
  const alike = Map.groupBy(candidates.alerts, ({ cause, channel }) => `${cause} in ${channel}`);
  const places = [...alike].flatMap(([message, alerts]) => allInto(message)({ ...candidates, alerts }).places);
  return { places, merges, reminders };
};

type Work = () => Promise<unknown>;
/** Runs the first work on the paused program, and the second one between two of its statements. */
type Interrupted = (work: Work, meanwhile: Work) => Promise<void>;

/** Two programs on one database. One of them can be paused after any of its statements. */
describe.skipIf(postgres === null)("two programs that change one alert at once", () => {
  const database = useDatabase("migrated");
  const connections = keptConnections(database, 3);
  let held: WatchStore;
  let other: WatchStore;
  let afterStatement: Work = async () => {};
  let posts = 0;
  /** The content of Slack: for each message its alerts with their revisions, as of the last call. */
  let slack = new Map<string, readonly string[]>();
  /** Where each message says that its alerts live. */
  let links = new Map<string, readonly string[]>();

  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await afterStatement();
      return result;
    },
  };
  /** Two new programs, an empty database and an empty Slack. */
  const restart = async (): Promise<void> => {
    await database().clear();
    held = connections.open([plugin]);
    other = connections.open();
    slack = new Map();
    links = new Map();
  };

  /**
   * Runs a race from its beginning once for each statement of the interrupted work. The last time, the work has fewer
   * statements, so the other program acts after it.
   */
  const everyStatement = async (race: (interrupted: Interrupted) => Promise<void>): Promise<void> => {
    let isReached = true;
    for (let statement = 1; isReached; statement++) {
      isReached = false;
      await restart();
      try {
        await race(async (work, meanwhile) => {
          isReached = await interruptedAt(statement, work, meanwhile);
        });
      } catch (error) {
        if (error instanceof Error) error.message = `interrupted after statement ${statement}: ${error.message}`;
        throw error;
      } finally {
        afterStatement = async () => {};
        await held.close();
        await other.close();
      }
      // Work without any statement would be no race.
      expect(isReached || statement > 1).toBe(true);
    }
  };

  /**
   * Runs `work` on the paused store, and `meanwhile` after its statement of this number. Returns false when `work` had
   * fewer statements.
   */
  const interruptedAt = async (statement: number, work: Work, meanwhile: Work): Promise<boolean> => {
    let count = 0;
    let second: Promise<unknown> = Promise.resolve();
    afterStatement = async () => {
      if (++count !== statement) return;
      second = meanwhile();
      // `meanwhile` may have to wait for locks of this transaction.
      await Promise.race([second, pause(STATEMENT_MS)]);
    };
    await work();
    afterStatement = async () => {};
    const isReached = count >= statement;
    if (!isReached) second = meanwhile();
    await second;
    return isReached;
  };

  const open = async (...alerts: readonly Alert[]): Promise<void> => {
    const names = alerts.map(({ card }) => card.name);
    await other.sync(
      names.map((name) => ({ name, definition: "d" })),
      NOON,
    );
    const due = { names, now: NOON, leaseMs: 60_000, limit: 10, which: "all", roundStartedAt: NOON } as const;
    for (const claim of await other.claimDue(due)) {
      const alert = alerts.find(({ card }) => card.name === claim.watch) ?? null;
      await saveRound(other, claim, anOutcome({ state: aState({ alert }) }));
    }
  };
  const named = (name: string): Alert => anAlert({ id: name, card: aCard({ name }) });
  const change = async (store: WatchStore, id: string, fields: Partial<Alert> = {}): Promise<void> => {
    await store.changeAlerts({ kind: "alert", id }, (alert) => changed(alert, fields, [aWord()]));
  };

  const shownBy = ({ alerts }: MessageClaim): readonly string[] =>
    alerts.filter(({ as }) => as !== "former").map(({ alert }) => `${alert.id} ${alert.revision}`);
  /** Makes the next call of each message, as a courier does. */
  const call = async (claims: readonly MessageClaim[], store = other): Promise<void> => {
    for (const claim of claims) {
      const next = nextCall(claim, NOON, { repeatCriticalMs: 60_000 });
      if (next === undefined) continue;
      if (next.kind === "post" || next.kind === "edit") {
        slack.set(claim.message.id, shownBy(claim));
        links.set(
          claim.message.id,
          claim.alerts.map(({ home }) => home?.ts ?? "nowhere"),
        );
      }
      const posted = { channel: placeOf(claim.message), ts: `1.${++posts}` };
      const ref = next.kind === "forget" ? null : next.kind === "post" ? posted : next.ref;
      await store.sent([{ claim, call: next, ref, at: NOON }]);
    }
    await store.release(claims);
  };
  const deliver = async (): Promise<void> => {
    await other.regroup(eachAlone, NOON);
    for (;;) {
      const claims = await other.claim(claiming());
      if (claims.length === 0) return;
      await call(claims);
    }
  };
  /**
   * The problems after all deliveries: rows that break an invariant, messages in Slack with outdated alerts, and
   * messages that the store does not know.
   */
  const mistakes = async (): Promise<readonly string[]> => {
    const audit = async () => auditOutbox(async (query) => database().sql<{ id: string }>(query));
    const before = await audit();
    await deliver();
    const stored = await database().sql<{ id: string; shown: string }>(
      `with shown as (select id as alert, message_id from alerts union select alert_id, message_id from mentions)
        select messages.id, coalesce(string_agg(alerts.id || ' ' || alerts.revision, ',' order by alerts.id), '') as shown
          from messages left join shown on shown.message_id = messages.id left join alerts on alerts.id = shown.alert
          where messages.ts is not null group by messages.id`,
    );
    const wanted = new Map(stored.map(({ id, shown }) => [id, shown]));
    const stale = [...new Set([...wanted.keys(), ...slack.keys()])].flatMap((id) => {
      const [has, wants] = [slack.get(id)?.join() ?? "nothing", wanted.get(id) ?? "nothing"];
      return has === wants ? [] : [`${id} shows ${has} for ${wants}`];
    });
    const waiting = (await other.undelivered()).map(({ kind }) => `${kind} is still owed`);
    return [...before, ...(await audit()), ...stale, ...waiting];
  };

  /** Alerts in a home of another cause or channel. */
  const misplaced = async (): Promise<readonly unknown[]> =>
    database().sql(
      `select alerts.id, cause, subject, card_channel, route from alerts join messages on messages.id = alerts.message_id
        where route <> card_channel or (kind = 'group' and subject <> cause)`,
    );

  it("a change during the reads of a claim is shown in the end", async () =>
    everyStatement(async (interrupted) => {
      await open(named("a"));
      await deliver();
      await change(other, "a");
      let claims: readonly MessageClaim[] = [];
      await interrupted(
        async () => {
          claims = await held.claim(claiming());
        },
        async () => change(other, "a"),
      );
      await call(claims, held);
      expect(await mistakes()).toEqual([]);
    }));

  it("a change while its alert gets a group is owed there", async () =>
    everyStatement(async (interrupted) => {
      await open(named("a"), named("b"));
      await other.regroup(eachAlone, NOON);
      await open(named("c"));
      await interrupted(
        async () => held.regroup(allInto("g"), NOON),
        async () => change(other, "a"),
      );
      expect(await mistakes()).toEqual([]);
    }));

  it("an alert that gets a group while it changes is owed there", async () =>
    everyStatement(async (interrupted) => {
      await open(named("a"), named("b"));
      await other.regroup(eachAlone, NOON);
      await open(named("c"));
      await interrupted(
        async () => change(held, "a"),
        async () => other.regroup(allInto("g"), NOON),
      );
      expect(await mistakes()).toEqual([]);
    }));

  it("an alert posted while others get a group stays where it is", async () =>
    everyStatement(async (interrupted) => {
      await open(named("a"));
      await other.regroup(eachAlone, NOON);
      await open(named("b"));
      await interrupted(
        async () => held.regroup(together, NOON),
        async () => call(await other.claim(claiming())),
      );
      expect(await mistakes()).toEqual([]);
    }));

  describe.each(Object.entries(MOVES))("alerts that get another %s while they get a group", (_, moved) => {
    it("join only alerts with the same cause", async () =>
      everyStatement(async (interrupted) => {
        await open(named("a"), named("waiting"));
        await other.regroup(eachAlone, NOON);
        await open(named("new"));
        await interrupted(
          async () => held.regroup(together, NOON),
          async () => {
            for (const id of ["waiting", "new"]) await change(other, id, moved(named(id)));
          },
        );
        expect(await mistakes()).toEqual([]);
        expect(await misplaced()).toEqual([]);
      }));
  });

  it("a list posted while it is merged keeps its row", async () =>
    everyStatement(async (interrupted) => {
      await open(named("a"), named("b"));
      await deliver();
      const list = async (id: string, fields: Partial<NewMessage>): Promise<void> => {
        const messages = [aList({ id: `list of ${id}`, alerts: [id], ...fields })];
        await other.changeAlerts({ kind: "alert", id }, (alert) => ({ ...asItIs(alert), messages }));
      };
      // The merge keeps the older list. The courier posts the other one first, because it is critical.
      await list("a", { at: minutes(-1), severity: "warning" });
      await list("b", {});
      await interrupted(
        async () => held.regroup(together, NOON),
        async () => call(await other.claim(claiming())),
      );
      expect(await mistakes()).toEqual([]);
    }));

  describe("a list posted while its alert's home is posted", () => {
    const HOME = "C0000000001";
    const LIST = "C0000000009";
    const owe = async (): Promise<void> => {
      await open(named("a"));
      await other.regroup(eachAlone, NOON);
      const messages = [aList({ alerts: ["a"], routes: [LIST] })];
      await other.changeAlerts({ kind: "alert", id: "a" }, (alert) => ({ ...asItIs(alert), messages }));
    };
    const standing = async (): Promise<readonly string[]> =>
      (await database().sql<{ ts: string }>("select ts from messages where kind = 'alert'")).map(({ ts }) => ts);

    it("links to it in the end, when delayed while it is read", async () =>
      everyStatement(async (interrupted) => {
        await owe();
        const homes = await other.claim(claiming({ except: [LIST] }));
        let lists: readonly MessageClaim[] = [];
        await interrupted(
          async () => {
            lists = await held.claim(claiming({ except: [HOME] }));
          },
          async () => call(homes),
        );
        await call(lists, held);
        expect(await mistakes()).toEqual([]);
        expect(links.get("list-1")).toEqual(await standing());
      }));

    it("links to it in the end, when delayed while the home is saved", async () =>
      everyStatement(async (interrupted) => {
        await owe();
        const homes = await held.claim(claiming({ except: [LIST] }));
        await interrupted(
          async () => call(homes, held),
          async () => call(await other.claim(claiming({ except: [HOME] }))),
        );
        expect(await mistakes()).toEqual([]);
        expect(links.get("list-1")).toEqual(await standing());
      }));
  });

  it("an alert that leaves its group during the post is not shown there in the end", async () =>
    everyStatement(async (interrupted) => {
      await open(named("a"), named("b"));
      await other.regroup(allInto("g"), NOON);
      const claims = await held.claim(claiming());
      await interrupted(
        async () => call(claims, held),
        async () => change(other, "b", { verdict: OTHER_CAUSE }),
      );
      expect(await mistakes()).toEqual([]);
    }));

  it("a group that is posted while an alert leaves shows that in the end", async () =>
    everyStatement(async (interrupted) => {
      await open(named("a"), named("b"));
      await other.regroup(allInto("g"), NOON);
      const claims = await other.claim(claiming());
      await interrupted(
        async () => change(held, "b", { verdict: OTHER_CAUSE }),
        async () => call(claims),
      );
      expect(await mistakes()).toEqual([]);
    }));

  it("two claims get a message once", async () =>
    everyStatement(async (interrupted) => {
      await open(named("a"));
      await other.regroup(eachAlone, NOON);
      const taken: (readonly MessageClaim[])[] = [];
      const take = async (store: WatchStore): Promise<void> => {
        taken.push(await store.claim(claiming()));
      };
      await interrupted(
        async () => take(held),
        async () => take(other),
      );
      expect(taken.flat()).toHaveLength(1);
    }));

  describe("with renewals", () => {
    const renewal = aRenewal({ place: { key: "p", label: "p" } });
    const start = async (store: WatchStore, fields: Partial<Renewal> = {}) => {
      const started = { ...renewal, ...fields };
      return store.startRenewal(started, [aLine({ renewal: started.id, watch: started.watch })]);
    };
    const next = async (store: WatchStore): Promise<boolean> => store.saveRenewal(stepped(renewal), [aStepLine()]);

    it("one of two starts at once wins", async () =>
      everyStatement(async (interrupted) => {
        const results: unknown[] = [];
        await interrupted(
          async () => results.push(await start(held)),
          async () => results.push(await start(other, { id: "renewal-2", watch: "crm" })),
        );
        const [winner, ...rest] = await other.renewals();
        expect(rest).toEqual([]);
        expect(results).toHaveLength(2);
        expect(results).toEqual(expect.arrayContaining([null, { open: winner }]));
        expect(await database().sql("select id from messages")).toHaveLength(1);
      }));

    it("one of two changes at once is saved", async () =>
      everyStatement(async (interrupted) => {
        await start(other);
        const results: boolean[] = [];
        await interrupted(
          async () => results.push(await next(held)),
          async () => results.push(await next(other)),
        );
        expect(results.filter(Boolean)).toEqual([true]);
        expect(await other.audit({ limit: 9 })).toHaveLength(2);
      }));

    it("one of two claims at once gets the work", async () =>
      everyStatement(async (interrupted) => {
        await start(other);
        const results: boolean[] = [];
        const take = async (store: WatchStore) => results.push(await store.claimRenewal("renewal-1", NOON, 60_000));
        await interrupted(
          async () => take(held),
          async () => take(other),
        );
        expect(results.filter(Boolean)).toEqual([true]);
      }));

    it("a change during the reads of a claim is shown in the end", async () =>
      everyStatement(async (interrupted) => {
        await start(other);
        let claims: readonly MessageClaim[] = [];
        await interrupted(
          async () => {
            claims = await held.claim(claiming());
          },
          async () => next(other),
        );
        let revision = 0;
        for (;;) {
          for (const claim of claims) {
            const kind = nextCall(claim, NOON, { repeatCriticalMs: 60_000 })?.kind;
            if (kind === "post" || kind === "edit") revision = claim.renewal?.revision ?? 0;
          }
          await call(claims, held);
          claims = await held.claim(claiming({ now: minutes(2) }));
          if (claims.length === 0) break;
        }
        expect(revision).toBe(2);
        expect(await other.undelivered()).toEqual([]);
      }));
  });
});
