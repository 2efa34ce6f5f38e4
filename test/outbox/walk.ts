import type { Alert, Reply } from "../../src/alert/alert.ts";
import { deliver } from "../../src/outbox/deliver.ts";
import type { Delivery, MessageRef } from "../../src/outbox/message.ts";
import type { DeliveryFailure, DeliveryResult, Notifier } from "../../src/outbox/notifier.ts";
import type { Outbox } from "../../src/outbox/outbox.ts";
import { createRests } from "../../src/outbox/rests.ts";
import { aFinding, aVerdict, NOW } from "../support/builders.ts";
import { auditDatabase } from "../support/audit-outbox.ts";
import { below, seeded } from "../crash/random.ts";
import { aWord, MINUTE } from "./a-delivery.ts";
import {
  aReport,
  away,
  createDeliveryWorld,
  type DeliveryWorld,
  gone,
  inChannel,
  limited,
  refused,
} from "./delivery-world.ts";
import { createRenewalSteps } from "./walk-renewal.ts";
import { createLedger, type Ledger, type Standing } from "./walk-ledger.ts";

/** The result of one walk. */
export interface Walked {
  /** Empty when every promise was kept. */
  readonly problems: readonly string[];
  readonly calls: number;
  readonly crashes: number;
  readonly lostAnswers: number;
  readonly stumbles: number;
  readonly stalls: number;
  readonly repeated: number;
}

const ALERTS = 12;
/** Hourly passes without trouble, after which nothing may be owed. */
const PATIENCE = 100;

interface Walk {
  readonly random: () => number;
  readonly ledger: Ledger;
  readonly world: DeliveryWorld;
  readonly alerts: Map<string, Alert>;
  /** `unsaved`: posts that Slack accepted and a killed program had not saved, at most one for each place. */
  readonly trouble: {
    isFine: boolean;
    crashes: number;
    unsaved: number;
    lostAnswers: number;
    stumbles: number;
    stalls: number;
  };
}

/**
 * A random walk of alerts, answers, renewals and deliveries under every kind of trouble: Slack refuses, is away, limits, loses
 * answers and deletes messages; the store fails at any call; programs die between any two steps; the clock jumps. Then
 * the trouble ends, everything is delivered, and all of it is audited.
 */
export async function walk(seed: number, steps = 40): Promise<Walked> {
  const world = await createDeliveryWorld();
  const trouble = { isFine: false, crashes: 0, unsaved: 0, lostAnswers: 0, stumbles: 0, stalls: 0 };
  const it: Walk = { random: seeded(seed), ledger: createLedger(), world, alerts: new Map(), trouble };
  const { ledger, alerts } = it;
  const outOfDate = new Set<string>();
  const check = async (): Promise<void> => {
    for (const problem of ledger.outOfDate(await standingIn(world))) outOfDate.add(problem);
  };
  // The other walks stay as they were when they found a fault.
  const renew = seed % 3 === 0 ? createRenewalSteps(seed, world, ledger) : async () => {};
  for (let step = 0; step < steps; step++) {
    await renew();
    await takeStep(it, step);
    await check();
  }
  trouble.isFine = true;
  for (let tries = 0; tries < PATIENCE && (await world.store.undelivered()).length > 0; tries++) {
    world.time.pass(61 * MINUTE);
    await pass(it);
    await check();
  }
  const repeated = ledger.repeated();
  const allowed = trouble.unsaved + trouble.lostAnswers + trouble.stumbles + trouble.stalls;
  const problems = [
    ...(await world.store.undelivered()).map((owed) => `still owed: ${JSON.stringify(owed)}`),
    ...(await auditDatabase(world.store.db)),
    ...ledger.unshown([...alerts.values()]),
    ...outOfDate,
    ...ledger.untold(alerts),
    ...ledger.unsaid(),
    ...ledger.tooFast(),
    ...(repeated > allowed ? [`${repeated} repeated posts, at most ${allowed} are allowed`] : []),
  ];
  const calls = ledger.count();
  await world.store.db.destroy();
  const { crashes, lostAnswers, stumbles, stalls } = trouble;
  return { problems, calls, repeated, crashes, lostAnswers, stumbles, stalls };
}

/** Posted messages that owe nothing. Each must show the current state of its alerts, or of its renewal. */
async function standingIn({ store: { db } }: DeliveryWorld): Promise<readonly Standing[]> {
  const messages = await db
    .selectFrom("messages")
    .select(["id", "kind", "ts"])
    .where("ts", "is not", null)
    .where("id", "not in", (is) => is.selectFrom("owed").select("message_id").where("message_id", "is not", null))
    .execute();
  const alerts = await db
    .selectFrom("alerts")
    .leftJoin("messages as home", "home.id", "alerts.message_id")
    .select(["alerts.id", "alerts.revision", "alerts.message_id", "home.ts as home"])
    .execute();
  const renewals = await db.selectFrom("renewals").select(["id", "revision"]).execute();
  const mentions = await db.selectFrom("mentions").selectAll().execute();
  return messages.map(({ id, kind, ts }) => {
    const listed = new Set(mentions.filter(({ message_id }) => message_id === id).map(({ alert_id }) => alert_id));
    return {
      ts: ts ?? "",
      kind,
      alerts: [
        ...alerts.filter((alert) => alert.message_id === id || listed.has(alert.id)),
        ...renewals.filter((renewal) => renewal.id === id).map((renewal) => ({ ...renewal, home: null })),
      ],
    };
  });
}

async function takeStep(it: Walk, step: number): Promise<void> {
  const { random, world } = it;
  const dice = random();
  if (dice < 0.3) {
    world.time.pass(below(random, 90) * MINUTE);
    await pass(it);
  } else if (dice < 0.34) await world.report(aReport(`r${step}`, { routes: ["C9", "U1"], at: world.time.now() }));
  else await change(it);
}

const CAUSES = ["revoked", "scope_missing", "not_a_token"] as const;

/** One change of one alert, by a round or a person. */
async function change({ random, world, alerts, ledger }: Walk): Promise<void> {
  const pick = <T>(list: readonly [T, ...T[]]): T => list[below(random, list.length)] ?? list[0];
  const id = `a${below(random, ALERTS)}`;
  const at = world.time.now();
  const known = alerts.get(id);
  const save = async (alert: Alert, words: readonly Reply[] = []): Promise<void> => {
    alerts.set(id, alert);
    await world.owe(alert, words);
    for (const { reason } of words) ledger.owes(alert, reason);
  };
  const withCause = (alert: Alert, code: (typeof CAUSES)[number]): Alert => ({
    ...alert,
    verdict: aVerdict({ findings: [aFinding(code)] }),
  });
  if (known === undefined) {
    const severity = pick(["critical", "critical", "warning"] as const);
    return save(withCause(inChannel(pick(["C1", "C1", "C2"]), id, { severity, openedAt: at }), pick(CAUSES)));
  }
  const next = { ...known, revision: known.revision + 1 };
  // The problem is back after it was resolved: the alert is reopened by an edit.
  if (known.resolvedAt !== null) return save({ ...next, resolvedAt: null, resolution: null });
  const say = (reason: Reply["reason"], fields: Partial<Reply> = {}): readonly Reply[] => [
    aWord({ reason, at, ...fields }),
  ];
  switch (pick(["worse", "better", "edit", "remind", "resolve", "cause", "channel", "answer"] as const)) {
    case "worse":
      return save({ ...next, severity: "critical", acknowledged: null }, say("worse", { notice: true }));
    case "better":
      return save(next, say("better"));
    case "edit":
      return save(next);
    case "remind":
      return save(next, say("reminder", { notice: true }));
    case "resolve":
      return save({ ...next, resolvedAt: at, resolution: "recovered" }, say("recovered"));
    case "cause":
      return save(withCause(next, pick(CAUSES)), say("worse", { notice: true }));
    case "channel":
      return save({ ...next, card: { ...next.card, channel: pick(["C1", "C2"]) } });
    case "answer":
      return save({ ...next, acknowledged: { by: "U1", at } }, say("acknowledged", { by: "U1" }));
  }
}

/** One pass of one or two programs over the outbox, with the current troubles. */
async function pass(it: Walk): Promise<void> {
  const programs = it.trouble.isFine || it.random() < 0.7 ? 1 : 2;
  await it.world.time.run(Promise.all(Array.from({ length: programs }, () => runProgram(it))));
}

/** A program that may die at any call. Its claims then stay leased until the lease ends. */
async function runProgram(it: Walk): Promise<void> {
  const { random, world, trouble } = it;
  const { promise: death, resolve: die } = Promise.withResolvers<void>();
  const life = { isOver: false };
  /** Messages that Slack accepted, but that the store does not know yet. */
  const unsaved = new Set<string>();
  const mayDie = (): void => {
    if (trouble.isFine || life.isOver || random() > 0.02) return;
    life.isOver = true;
    trouble.crashes++;
    trouble.unsaved += unsaved.size;
    die();
  };
  /** Calls of a dead program do nothing and never return. */
  const mortal =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      mayDie();
      if (life.isOver) return new Promise(() => {});
      const result = await work(...args);
      mayDie();
      return life.isOver ? new Promise(() => {}) : result;
    };
  const { store } = world;
  const own: Omit<Outbox, "undelivered" | "refusedAlerts" | "heldAlerts"> = {
    claim: mortal((...asked: Parameters<Outbox["claim"]>) => store.claim(...asked)),
    sent: mortal(async (all) => {
      if (!trouble.isFine && random() < 0.03) {
        trouble.stumbles++;
        // The save succeeded and its answer was lost, or it failed. It runs again.
        if (random() < 0.5) await store.sent(all);
        throw new Error("the store stumbles");
      }
      await store.sent(all);
      for (const { claim } of all) unsaved.delete(claim.message.id);
    }),
    failed: mortal((...asked: Parameters<Outbox["failed"]>) => store.failed(...asked)),
    release: mortal((...asked: Parameters<Outbox["release"]>) => store.release(...asked)),
    regroup: mortal((...asked: Parameters<Outbox["regroup"]>) => store.regroup(...asked)),
    reserveTurn: mortal((...asked: Parameters<Outbox["reserveTurn"]>) => store.reserveTurn(...asked)),
    delayChannel: mortal((...asked: Parameters<Outbox["delayChannel"]>) => store.delayChannel(...asked)),
  };
  const deps = { ...world.deps, store: own, notifier: notifierOf(it, mortal, unsaved), fallbackChannel: "C9" };
  await Promise.race([deliver({ ...deps, rests: createRests(() => 0) }), death]);
}

type Mortal = <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) => (...args: A) => Promise<R>;

/** An unreliable fake Slack. It records accepted calls, whether or not its answer arrives. */
function notifierOf({ random, world, ledger, trouble }: Walk, mortal: Mortal, unsaved: Set<string>): Notifier {
  const ask = async (
    channel: string,
    note: (ts: string) => void,
    ref: MessageRef | undefined,
  ): Promise<DeliveryResult> => {
    ledger.called(channel, world.time.now().getTime() - NOW.getTime());
    const slowMs = slownessOf(random, trouble);
    const mood = trouble.isFine ? "fine" : moodOf(random, ref !== undefined);
    const standing = ref ?? { channel, ts: `${world.time.now().getTime()}.${ledger.count()}` };
    if (mood === "fine" || mood === "lost") note(standing.ts);
    if (mood === gone) ledger.deleted(standing.ts);
    await world.time.wait(slowMs);
    if (mood === "fine") return { ok: true, ref: standing };
    if (mood === "lost") {
      trouble.lostAnswers++;
      return { ok: false, failure: away };
    }
    return { ok: false, failure: mood };
  };
  const keyOf = ({ message, owed }: Delivery): string => `${message.id} ${owed.map(({ id }) => id).join()}`;
  return {
    post: mortal((delivery, to) => {
      const note = (ts: string): void => {
        ledger.posted(delivery, keyOf(delivery), ts);
        unsaved.add(delivery.message.id);
      };
      return ask(to, note, undefined);
    }),
    edit: mortal((delivery, ref) => ask(ref.channel, (ts) => ledger.edited(delivery, ts), ref)),
    reply: mortal((_, call, ref) => ask(ref.channel, () => ledger.replied(call), ref)),
  };
}

/** Sometimes a program is suspended for longer than its lease. */
function slownessOf(random: () => number, trouble: Walk["trouble"]): number {
  if (random() < 0.02 && !trouble.isFine) {
    trouble.stalls++;
    return 2 * MINUTE + below(random, 2 * MINUTE);
  }
  return random() < 0.1 ? below(random, 3_000) : 0;
}

function moodOf(random: () => number, isThere: boolean): DeliveryFailure | "fine" | "lost" {
  const dice = random();
  if (dice < 0.72) return "fine";
  if (dice < 0.76) return "lost";
  if (dice < 0.84) return refused;
  if (dice < 0.92) return away;
  if (dice < 0.96) return limited(1_000 + below(random, 100_000));
  return isThere ? gone : away;
}
