import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/watch/alert.ts";
import { editAlert, resolveAlert, speak } from "../../src/watch/change-alert.ts";
import type { DeliveryFailure, DeliveryResult, Notifier } from "../../src/watch/outbox.ts";
import { aFinding, aVerdict } from "../support/builders.ts";
import {
  aNote,
  away,
  createDeliveryWorld,
  type DeliveryWorld,
  gone,
  inChannel,
  limited,
  MINUTE,
  refused,
  revoked,
} from "./delivery-world.ts";

type Event =
  | {
      readonly kind: "open" | "speak" | "notice" | "remind" | "edit" | "resolve" | "changeCause";
      readonly which: number;
    }
  | { readonly kind: "note"; readonly which: number; readonly both: boolean }
  | { readonly kind: "deliver"; readonly minutes: number };

/** What a Slack call meets: one of the outcomes of Slack, or a mistake of ours. */
type Weather = DeliveryFailure | "broken" | "fine";

const ALERTS = 14;
const OTHER = aVerdict({ findings: [aFinding("scope_missing")] });

const events = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("open" as const), which: fc.nat(ALERTS - 1) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom("speak", "notice", "remind", "edit", "resolve", "changeCause"),
        which: fc.nat(ALERTS - 1),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("note" as const), which: fc.nat(9), both: fc.boolean() }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("deliver" as const), minutes: fc.nat(90) }) },
  ),
  { maxLength: 60 },
);
const weather = fc.array(
  fc.constantFrom<Weather[]>("fine", "fine", refused, away, gone, limited(3_000), limited(100_000), "broken"),
  { maxLength: 60 },
);

/** Who was told what, as Slack has it. */
const keepLedger = (world: DeliveryWorld, toCome: Weather[]) => {
  /** The revision that the last message about an alert shows, by alert. */
  const shown = new Map<string, number>();
  /** How often each reply was said in words. */
  const said = new Map<string, number>();
  /** The revision up to which a post said everything, by alert. */
  const covered = new Map<string, number>();
  const joined = new Set<string>();
  const notes: string[] = [];

  const when =
    <A extends readonly unknown[]>(call: (...args: A) => Promise<DeliveryResult>, note: (...args: A) => void) =>
    async (...args: A): Promise<DeliveryResult> => {
      const met = toCome.shift() ?? "fine";
      if (met === "broken") throw new Error("a bug");
      const result = await call(...args);
      if (met !== "fine") return { ok: false, failure: met };
      note(...args);
      return result;
    };
  const show = (alerts: readonly Alert[]): void => {
    for (const { id, revision } of alerts) shown.set(id, revision);
  };
  const cover = (alerts: readonly Alert[]): void => {
    show(alerts);
    for (const { id, revision } of alerts) covered.set(id, revision);
  };
  const say = (alert: Alert, revision: number): void => {
    const key = `${alert.id} ${revision}`;
    said.set(key, (said.get(key) ?? 0) + 1);
  };
  const { notifier } = world.deps;
  const kept: Notifier = {
    post: when(
      (...told: Parameters<Notifier["post"]>) => notifier.post(...told),
      (alert) => cover([alert]),
    ),
    update: when(
      (...told: Parameters<Notifier["update"]>) => notifier.update(...told),
      (alert) => show([alert]),
    ),
    reply: when(
      (...told: Parameters<Notifier["reply"]>) => notifier.reply(...told),
      (alert, reply) => say(alert, reply.revision),
    ),
    postGroup: when(
      (...told: Parameters<Notifier["postGroup"]>) => notifier.postGroup(...told),
      (_, alerts) => cover(alerts),
    ),
    updateGroup: when(
      (...told: Parameters<Notifier["updateGroup"]>) => notifier.updateGroup(...told),
      (_, alerts) => show(alerts),
    ),
    replyGroup: when(
      (...told: Parameters<Notifier["replyGroup"]>) => notifier.replyGroup(...told),
      (_, reply) => {
        for (const each of reply.replies) say(each.alert, each.reply.revision);
        for (const { id, revision } of reply.joined) {
          joined.add(id);
          covered.set(id, revision);
        }
      },
    ),
    note: when(
      (...told: Parameters<Notifier["note"]>) => notifier.note(...told),
      (each) => void notes.push(...each.map(({ id }) => id)),
    ),
  };
  return { notifier: kept, shown, said, covered, joined, notes };
};

/** An alert as an event leaves it; undefined when the event means nothing for it. */
const after = (alert: Alert | undefined, event: Event, now: Date): Alert | undefined => {
  if (event.kind === "deliver" || event.kind === "note") return undefined;
  if (event.kind === "open") {
    const { which } = event;
    const channel = which % 7 === 0 ? "C2" : "C1";
    if (alert !== undefined) return undefined;
    return which % 2 === 0 ? revoked(channel, `a${which}`) : inChannel(channel, `a${which}`);
  }
  if (alert === undefined || alert.resolvedAt !== null) return undefined;
  switch (event.kind) {
    case "speak":
      return speak(alert, {}, "better", now, false);
    case "notice":
      return speak(alert, {}, "worse", now, true);
    case "remind":
      return speak(alert, {}, "reminder", now, true);
    case "edit":
      return editAlert(alert, {});
    case "resolve":
      return resolveAlert(alert, alert.verdict, "recovered", now);
    case "changeCause":
      return speak(alert, { verdict: OTHER }, "worse", now, true);
  }
};

describe("deliveries under failures of every kind", () => {
  it("lose nothing, say nothing twice, and end", async () => {
    await fc.assert(
      fc.asyncProperty(events, weather, fc.boolean(), async (happens, toCome, fallback) => {
        const world = createDeliveryWorld();
        const { store, time, calls } = world;
        const ledger = keepLedger(world, [...toCome]);
        const fallbackChannel = fallback ? "C9" : undefined;
        const deliver = () => world.deliver({ notifier: ledger.notifier, fallbackChannel });
        const words = new Set<string>();

        for (const event of happens) {
          if (event.kind === "deliver") {
            time.pass(event.minutes * MINUTE);
            await deliver();
          } else if (event.kind === "note") {
            const id = `n${event.which}`;
            if (!store.notes.has(id)) store.oweNotes([aNote(id, { routes: event.both ? ["C1", "U1"] : ["C2"] })]);
          } else {
            const alert = after(store.alerts.get(`a${event.which}`)?.alert, event, time.now());
            if (alert === undefined) continue;
            store.owe(alert);
            for (const { reason, revision } of alert.replies)
              if (reason !== "reminder") words.add(`${alert.id} ${revision}`);
          }
        }
        for (let i = 0; i < 100 && (await store.listUndelivered()).length > 0; i++) {
          time.pass(61 * MINUTE);
          await deliver();
        }

        expect(await store.listUndelivered()).toEqual([]);
        for (const [id, { alert }] of store.alerts)
          expect(`${id} ${ledger.shown.get(id)}`).toBe(`${id} ${alert.revision}`);
        for (const word of words) {
          const [id = "", revision] = word.split(" ");
          const told = (ledger.said.get(word) ?? 0) > 0 || (ledger.covered.get(id) ?? 0) >= Number(revision);
          expect(`${word}: ${told}`).toBe(`${word}: true`);
        }
        expect([...ledger.said].filter(([, count]) => count > 1)).toEqual([]);
        expect(ledger.notes.toSorted()).toEqual([...store.notes.keys()].toSorted());
        for (const ofChannel of Map.groupBy(calls, ({ channel }) => channel).values())
          for (const [i, { atMs }] of ofChannel.entries())
            expect(atMs - (ofChannel[i - 1]?.atMs ?? -Infinity)).toBeGreaterThanOrEqual(1_000);
      }),
      { numRuns: 300 },
    );
  });
});
