import type { Alert, Reply } from "../../src/alert/alert.ts";
import { deliver, type DeliverDeps, type Pass } from "../../src/outbox/deliver.ts";
import type { Delivery, MessageRef, NewMessage } from "../../src/outbox/message.ts";
import type { DeliveryFailure, DeliveryResult, Notifier } from "../../src/outbox/notifier.ts";
import { PACE_MS } from "../../src/outbox/pace.ts";
import { createRests } from "../../src/outbox/rests.ts";
import { aCard, aFinding, aVerdict, anAlert, NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { createVirtualTime } from "../support/virtual-time.ts";
import { aWord, MINUTE } from "./a-delivery.ts";
import { saveRound } from "../support/save-round.ts";

export const refused: DeliveryFailure = { kind: "refused", error: "not_in_channel" };
export const away: DeliveryFailure = { kind: "away", error: "Slack did not answer" };
export const gone: DeliveryFailure = { kind: "message_gone", error: "message_not_found" };
export const limited = (retryAfterMs: number): DeliveryFailure => ({ kind: "rate_limited", retryAfterMs });

/** An alert with a unique cause. */
export const inChannel = (channel: string, id: string, fields: Partial<Alert> = {}): Alert =>
  anAlert({
    id,
    card: aCard({ name: id, channel, owner: undefined }),
    verdict: aVerdict({ findings: [aFinding("not_a_token")] }),
    ...fields,
  });

/** A critical alert. Others in the channel may have the same cause. */
export const revoked = (channel: string, id: string, fields: Partial<Alert> = {}): Alert =>
  inChannel(channel, id, { verdict: aVerdict({ findings: [aFinding("revoked")] }), severity: "critical", ...fields });

export const aReport = (id: string, fields: Partial<NewMessage> = {}): NewMessage => ({
  id,
  kind: "absence",
  routes: ["C9"],
  body: { kind: "absence", from: NOW, to: NOW, watches: 1, missed: [], more: 0 },
  alerts: [],
  severity: "warning",
  at: NOW,
  ...fields,
});

export interface Call {
  /** "post renewal 1", "reply renewal step", "post a", "edit group a+b", "reply a worse", "reply group new b, a worse", "post escalation a"… */
  readonly what: string;
  readonly channel: string;
  readonly atMs: number;
}

interface WorldOptions {
  /** The calls that Slack refuses. */
  readonly refuse?: (call: Call) => DeliveryFailure | undefined;
  /** The duration of a call. */
  readonly latencyMs?: (call: Call) => number;
  /** Runs while Slack handles a call. */
  readonly meanwhile?: (call: Call) => Promise<void>;
}

const names = (alerts: readonly Alert[]): string => alerts.map(({ id }) => id).join("+");

const shownIn = ({ message, alerts, renewal }: Delivery): string => {
  if (renewal !== null) return `renewal ${renewal.revision}`;
  const shown = alerts.filter(({ as }) => as !== "former").map(({ alert }) => alert);
  const kind = message.kind === "alert" ? "" : `${message.kind} `;
  return `${kind}${names(shown)}`.trim();
};

/** Deliveries from the real store in memory to a fake Slack that records calls, in virtual time. */
export const createDeliveryWorld = async ({ refuse, latencyMs, meanwhile }: WorldOptions = {}) => {
  const time = createVirtualTime();
  const store = await openMemoryStore();
  const { log, lines } = keepLog();
  const calls: Call[] = [];
  let ids = 0;
  let deadlines = 0;

  const answer = async (what: string, channel: string, known?: MessageRef): Promise<DeliveryResult> => {
    const call = { what, channel, atMs: time.now().getTime() - NOW.getTime() };
    calls.push(call);
    const ts = `${calls.length}.0`;
    await meanwhile?.(call);
    await time.wait(latencyMs?.(call) ?? 0);
    const failure = refuse?.(call);
    return failure === undefined ? { ok: true, ref: known ?? { channel, ts } } : { ok: false, failure };
  };

  const notifier: Notifier = {
    post: (delivery, to) => answer(`post ${shownIn(delivery)}`, to),
    edit: (delivery, ref) => answer(`edit ${shownIn(delivery)}`, ref.channel, ref),
    reply: ({ message }, { replies: words, joined, left, entries, notice }, ref) => {
      const said = [
        ...words.map(({ alert, reply: word }) => `${alert.id} ${word.reason}`),
        ...(joined.length > 0 ? [`new ${names(joined)}`] : []),
        ...(left.length > 0 ? [`left ${names(left)}`] : []),
        ...entries.map(({ event }) => event.kind),
        ...(notice ? ["NOTICE"] : []),
      ];
      const kind = message.kind === "alert" ? "" : `${message.kind} `;
      return answer(`reply ${kind}${said.join(", ")}`, ref.channel, ref);
    },
  };
  const deps: DeliverDeps = {
    store,
    notifier,
    now: time.now,
    wait: time.wait,
    paceMs: PACE_MS,
    newId: () => `id-${++ids}`,
    fallbackChannel: undefined,
    repeatCriticalMs: 4 * 60 * MINUTE,
    quietUntil: () => null,
    rests: createRests(() => 0),
    log,
  };

  /** One round over the alert's watch that saves this alert, with its revision raised as usual. */
  const owe = async (
    alert: Alert,
    words: readonly Reply[] = [],
    messages: readonly NewMessage[] = [],
  ): Promise<void> => {
    const { name } = alert.card;
    const now = time.now();
    await store.sync([{ name, definition: "d" }], now);
    const whole = {
      names: [name],
      leaseMs: 1,
      limit: 1,
      which: "all",
      roundStartedAt: new Date("2100-01-01"),
    } as const;
    const [claim] = await store.claimDue({ ...whole, now });
    if (claim === undefined) throw new Error(`the watch ${name} is in hand`);
    const state = { ...claim.state, alert };
    const saved = await saveRound(store, claim, {
      state,
      checkedAt: now,
      nextDueAt: now,
      replies: words,
      history: [],
      messages,
    });
    if (!saved) throw new Error(`the round over ${name} was not saved`);
  };

  return {
    deps,
    store,
    time,
    lines,
    calls,
    owe,
    /** The stored alert. */
    stored: async (id: string): Promise<Alert | undefined> =>
      (await store.findAlerts({ kind: "alert", id }))?.alerts[0],
    /** Adds a reply to an alert, or only edits it. */
    say: async (alert: Alert, reason?: Reply["reason"], fields: Partial<Reply> = {}): Promise<Alert> => {
      const next = { ...alert, revision: alert.revision + 1 };
      await owe(next, reason === undefined ? [] : [aWord({ reason, at: time.now(), ...fields })]);
      return next;
    },
    /** Reports that a shared deadline triggers. */
    report: async (...messages: readonly NewMessage[]): Promise<void> => {
      await store.advanceDeadline(`deadline ${++deadlines}`, null, { at: time.now(), spec: "" }, messages);
    },
    /** The calls to Slack, without time and channel. */
    asked: () => calls.map(({ what }) => what),
    deliver: (overrides: Partial<DeliverDeps> = {}, pass?: Pass) => time.run(deliver({ ...deps, ...overrides }, pass)),
  };
};

export type DeliveryWorld = Awaited<ReturnType<typeof createDeliveryWorld>>;
