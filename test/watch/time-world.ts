import { vi } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../src/token/duration.ts";
import type { Inspection, InspectionResult } from "../../src/token/inspection.ts";
import { fingerprintOf, Secret } from "../../src/token/secret/secret.ts";
import { createCourier } from "../../src/outbox/courier.ts";
import { deliver } from "../../src/outbox/deliver.ts";
import type { Delivery, MessageRef } from "../../src/outbox/message.ts";
import type { DeliveryFailure, DeliveryResult, Notifier } from "../../src/outbox/notifier.ts";
import type { Outbox } from "../../src/outbox/outbox.ts";
import type { Escalation } from "../../src/alert/escalate.ts";
import type { WatchStore } from "../../src/watch/ports.ts";
import { runRound } from "../../src/watch/round.ts";
import { createRests } from "../../src/outbox/rests.ts";
import { createScheduler } from "../../src/watch/scheduler.ts";
import type { Watch } from "../../src/watch/watch.ts";
import { anEvidence, anInspection, aWatch, NO_ESCALATION } from "../support/builders.ts";
import { fakeToken } from "../support/fake-token.ts";
import { keepLog } from "../support/keep-log.ts";
import { timerWait } from "../support/timer-wait.ts";
import { bookOf } from "../../src/watch/watch-book.ts";

/** One token: its expiry, or its state whatever the clock shows. */
export type Fate = { readonly endsAt: Date } | "never" | "revoked";

/** The part of a store that rounds and deliveries use. */
type TimeStore = Pick<WatchStore, "claimDue" | "saveRounds" | "releaseWatches"> & Omit<Outbox, "undelivered">;

interface TimeWorldOptions {
  readonly store: TimeStore;
  /** By name of the watch. */
  readonly tokens: Readonly<Record<string, Fate>>;
  readonly timezone?: string;
  /** The duration of Graph's answers. */
  readonly graphMs?: number;
  readonly checkIntervalMs?: number;
  /** The channel of all watches. Absent: each has its own. */
  readonly channel?: string;
  readonly escalation?: Escalation;
  /** Whether Slack refuses a message after this time. */
  readonly refuse?: (what: string, passedMs: number) => DeliveryFailure | undefined;
}

const dead = (subcode: number): Partial<Inspection> => ({
  liveness: { alive: false, error: { code: 190, subcode, message: "ended" } },
});

/** Graph's answer about a token. It uses the right time, whatever the bot's clock shows. */
const answerFor = (fate: Fate, graphNow: Date): InspectionResult => {
  const evidence = anEvidence({ at: new Date() });
  if (fate === "never") return { ok: true, inspection: anInspection({ evidence }) };
  if (fate === "revoked") return { ok: true, inspection: anInspection({ evidence, ...dead(460) }) };
  const expiry = { kind: "at", at: fate.endsAt } as const;
  const over = fate.endsAt <= graphNow ? dead(463) : {};
  return { ok: true, inspection: anInspection({ evidence, expiry, issuedAt: null, ...over }) };
};

/**
 * The whole chain in fake time: the real scheduler, rounds, rules, outbox and courier, between a fake Graph and a fake
 * Slack. Timers count elapsed time; `setClock` changes only the clock.
 */
export const createTimeWorld = (options: TimeWorldOptions) => {
  const { store, tokens, timezone = "UTC", graphMs = 50, checkIntervalMs = 15 * MINUTE_MS } = options;
  const { escalation = NO_ESCALATION, refuse, channel } = options;
  const { log, lines } = keepLog();
  const inspections: { readonly watch: string; readonly passedMs: number }[] = [];
  const messages: { readonly watch: string; readonly what: string; readonly passedMs: number }[] = [];
  let skewMs = 0;
  let ids = 0;
  const startedMs = Date.now();
  const trueNow = (): Date => new Date(Date.now() - skewMs);
  const passedMs = (): number => trueNow().getTime() - startedMs;
  const now = (): Date => new Date();
  const wait = timerWait;
  const newId = (): string => `id-${++ids}`;

  const watches: readonly Watch[] = Object.keys(tokens).map((name) =>
    aWatch({
      name,
      source: { kind: "env", name },
      channel: channel ?? `C-${name}`,
      phoneNumberId: undefined,
      whatsappBusinessAccountId: undefined,
      checkIntervalMs,
    }),
  );
  const names = new Map(watches.map(({ name }) => [fingerprintOf(new Secret(fakeToken(name))), name]));

  const say = async (watch: string, what: string, place: string | MessageRef): Promise<DeliveryResult> => {
    const failure = refuse?.(`${watch}: ${what}`, passedMs());
    if (failure !== undefined) return { ok: false, failure };
    messages.push({ watch, what, passedMs: passedMs() });
    return { ok: true, ref: typeof place === "string" ? { channel: place, ts: `${messages.length}.0` } : place };
  };
  /** Its watch, or the kind of a message without one. */
  const about = ({ message, alerts }: Delivery): string =>
    message.kind === "alert" ? (alerts[0]?.alert.card.name ?? "nothing") : message.kind;
  const notifier: Notifier = {
    post: (delivery, to) => {
      const [first] = delivery.alerts;
      const state = first?.alert.verdict?.state ?? "unknown";
      return say(about(delivery), delivery.message.kind === "alert" ? `post ${state}` : "post", to);
    },
    edit: async (_delivery, ref) => ({ ok: true, ref }),
    reply: (delivery, { replies: words }, ref) =>
      say(about(delivery), words.map(({ reply: word }) => word.reason).join(), ref),
  };

  const rests = createRests(() => 0);
  const courier = createCourier({
    wait,
    now,
    nextTryAt: () => rests.nextAt(),
    deliver: (pass) =>
      deliver(
        {
          store,
          notifier,
          now,
          wait,
          newId,
          log,
          fallbackChannel: undefined,
          repeatCriticalMs: 4 * HOUR_MS,
          paceMs: 1_000,
          quietUntil: () => null,
          rests,
        },
        pass,
      ),
    log,
  });
  const scheduler = createScheduler({
    schedule: "* * * * *",
    timezone,
    round: async (signal) => {
      const done = await runRound(
        {
          store,
          watches: bookOf(watches),
          metaApp: undefined,
          readSource: async (source) => ({
            ok: true,
            secret: new Secret(fakeToken(source.kind === "env" ? source.name : "")),
            note: null,
          }),
          inspect: async (secret) => {
            const watch = names.get(fingerprintOf(secret)) ?? "";
            inspections.push({ watch, passedMs: passedMs() });
            await wait(graphMs);
            const answer = answerFor(tokens[watch] ?? "never", trueNow());
            const token = { fingerprint: fingerprintOf(secret), tail: "tailtail" };
            return answer.ok ? { ok: true, inspection: { ...answer.inspection, token } } : answer;
          },
          wait,
          now,
          random: () => 0.5,
          newId,
          unknownAfterMs: HOUR_MS,
          repeatCriticalMs: 4 * HOUR_MS,
          escalation,
          inspectionsAtOnce: 100,
          log,
        },
        "due",
        signal,
      );
      return done.storeProblem?.message ?? null;
    },
    wake: () => courier.wake(),
    tickDuringRound: () => undefined,
    now,
    wait,
    log,
  });

  return {
    store,
    start: async (): Promise<void> => {
      scheduler.start();
      await vi.advanceTimersByTimeAsync(MINUTE_MS);
    },
    stop: async (): Promise<void> => {
      const stopped = Promise.all([scheduler.stop(0), courier.stop(0)]);
      await vi.advanceTimersByTimeAsync(MINUTE_MS);
      await stopped;
    },
    /** Lets time pass on every clock. */
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    /** Moves only the bot's clock, not Graph's. */
    setClock: (ms: number): void => {
      skewMs += ms;
      vi.setSystemTime(Date.now() + ms);
    },
    /** The machine sleeps: time passes, and no timer counts it. */
    sleep: (ms: number): void => {
      vi.setSystemTime(Date.now() + ms);
    },
    /** The work since the last call. */
    since: () => {
      const done = { inspections: inspections.splice(0), messages: messages.splice(0) };
      const of = (watch: string) => done.inspections.filter((one) => one.watch === watch);
      return {
        ...done,
        said: done.messages.map(({ watch, what }) => `${watch}: ${what}`),
        count: (watch: string): number => of(watch).length,
        /** The longest time between two inspections of a watch, in elapsed minutes. */
        longestGap: (watch: string): number => {
          const at = of(watch).map((one) => one.passedMs);
          return Math.max(...at.slice(1).map((ms, index) => (ms - (at[index] ?? 0)) / MINUTE_MS));
        },
      };
    },
    problems: (): readonly unknown[] => lines.filter(({ level }) => Number(level) >= 40),
  };
};
