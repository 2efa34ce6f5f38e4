import type { Alert } from "../../src/alert/alert.ts";
import { type Delivery, isHome } from "../../src/outbox/message.ts";
import type { ReplyCall } from "../../src/outbox/next-call.ts";
import type { RenewalEntry } from "../../src/renewal/audit.ts";
import { isEnd } from "../../src/outbox/superseded.ts";

/** The content of Slack, from the calls that it accepted. */
export interface Ledger {
  /** @param ts the message that Slack created */
  readonly posted: (delivery: Delivery, key: string, ts: string) => void;
  readonly edited: (delivery: Delivery, ts: string) => void;
  /** A person deleted the message. A home is posted again. A list is not, so the checks ignore it from then on. */
  readonly deleted: (ts: string) => void;
  readonly replied: (call: ReplyCall) => void;
  readonly called: (channel: string, atMs: number) => void;
  /** Adds a reply that a change owes. */
  readonly owes: (alert: Alert, reason: string) => void;
  /** Adds a line that a change of a renewal owes. */
  readonly owesLine: (entry: RenewalEntry) => void;
  readonly count: () => number;
  readonly unshown: (alerts: readonly Alert[]) => readonly string[];
  /** @param standing messages that owe nothing */
  readonly outOfDate: (standing: readonly Standing[]) => readonly string[];
  readonly untold: (alerts: ReadonlyMap<string, Alert>) => readonly string[];
  /** Lines that no thread has, except those of a deleted message that was posted again. */
  readonly unsaid: () => readonly string[];
  readonly tooFast: () => readonly string[];
  /** Second posts of a message. */
  readonly repeated: () => number;
}

/** A posted message, with the alerts that it should show. */
export interface Standing {
  readonly ts: string;
  readonly kind: string;
  /** For a renewal, the renewal itself. `home`: the ts of the message that it lives in, if Slack has that. */
  readonly alerts: readonly (Pick<Alert, "id" | "revision"> & { readonly home: string | null })[];
}

const PACE_MS = 1_000;

export function createLedger(): Ledger {
  /** The revision that the last home of an alert shows. */
  const shown = new Map<string, number>();
  /** The revision up to which a post or a "new here" reply said everything. */
  const covered = new Map<string, number>();
  const said = new Map<string, number>();
  const owed: { readonly id: string; readonly revision: number; readonly reason: string }[] = [];
  const posts = new Map<string, number>();
  const times = new Map<string, number[]>();
  /** The alerts that each message shows, by its ts. */
  const pictures = new Map<string, string>();
  /** Where each list says that its alerts live, by its ts. */
  const links = new Map<string, ReadonlyMap<string, string | null>>();
  const deleted = new Set<string>();
  const lines = new Set<string>();
  const saidLines = new Set<string>();
  let calls = 0;

  const here = ({ alerts }: Delivery): readonly Alert[] =>
    alerts.filter(({ as }) => as === "home").map(({ alert }) => alert);
  const show = (delivery: Delivery, ts: string): void => {
    const isIn = delivery.alerts.filter(({ as }) => as !== "former");
    pictures.set(ts, pictureOf(delivery.renewal === null ? isIn.map(({ alert }) => alert) : [delivery.renewal]));
    if (isHome(delivery.message)) for (const { id, revision } of here(delivery)) shown.set(id, revision);
    else links.set(ts, new Map(delivery.alerts.map(({ alert, home }) => [alert.id, home?.ts ?? null])));
  };
  const cover = ({ id, revision }: Alert): void => {
    covered.set(id, Math.max(revision, covered.get(id) ?? 0));
  };
  return {
    posted: (delivery, key, ts) => {
      show(delivery, ts);
      if (isHome(delivery.message)) here(delivery).forEach(cover);
      posts.set(key, (posts.get(key) ?? 0) + 1);
      if (delivery.owed.every(({ entry }) => entry !== null))
        for (const { entry } of delivery.owed) if (entry !== null) saidLines.add(lineOf(entry));
    },
    edited: show,
    deleted: (ts) => void deleted.add(ts),
    replied: ({ replies: words, joined, left, entries }) => {
      for (const entry of entries) saidLines.add(lineOf(entry));
      for (const { alert, reply: word } of words) {
        const key = `${alert.id} ${word.reason} ${word.at.getTime()}`;
        said.set(key, (said.get(key) ?? 0) + 1);
      }
      joined.forEach(cover);
      left.forEach(cover);
    },
    called: (channel, atMs) => {
      calls++;
      times.set(channel, [...(times.get(channel) ?? []), atMs]);
    },
    owes: (alert, reason) => {
      owed.push({ id: alert.id, revision: alert.revision, reason });
    },
    owesLine: (entry) => void lines.add(lineOf(entry)),
    count: () => calls,
    unsaid: () => [...lines].filter((line) => !saidLines.has(line)).map((line) => `never said: ${line}`),
    unshown: (alerts) =>
      alerts
        .filter(({ id, revision }) => shown.get(id) !== revision)
        .map(({ id, revision }) => `the message of ${id} shows ${shown.get(id)} and not ${revision}`),
    untold: (alerts) =>
      owed
        .filter(({ id, revision, reason }) => {
          const alert = alerts.get(id);
          const isCovered = (covered.get(id) ?? 0) >= revision;
          const wasSaid = [...said.keys()].some((key) => key.startsWith(`${id} ${reason} `));
          // Reminders may be left out, and an end is not announced once the problem is back.
          const mayFall = reason === "reminder" || isEnd({ what: reason === "recovered" ? "recovered" : "content" });
          return alert !== undefined && !isCovered && !wasSaid && !mayFall;
        })
        .map(({ id, revision, reason }) => `never told: ${id} ${reason} at ${revision}`),
    outOfDate: (all) => {
      const standing = all.filter(({ ts }) => !deleted.has(ts));
      return [
        ...standing
          .map(({ ts, kind, alerts }) => ({ ts, kind, has: pictures.get(ts), wants: pictureOf(alerts) }))
          .filter(({ has, wants }) => has !== wants)
          .map(({ ts, kind, has, wants }) => `${kind} message ${ts} shows ${has} and not ${wants}`),
        ...standing.flatMap(({ ts, kind, alerts }) =>
          alerts
            .filter(({ id, home }) => home !== null && links.has(ts) && links.get(ts)?.get(id) !== home)
            .map(({ id, home }) => `${kind} message ${ts} links ${id} to ${links.get(ts)?.get(id)} and not to ${home}`),
        ),
      ];
    },
    tooFast: () =>
      [...times].flatMap(([channel, all]) =>
        all.flatMap((at, index) =>
          index > 0 && at - (all[index - 1] ?? 0) < PACE_MS ? [`two calls within a second in ${channel} at ${at}`] : [],
        ),
      ),
    repeated: () => [...posts.values()].reduce((sum, count) => sum + Math.max(0, count - 1), 0),
  };
}

function lineOf({ renewal, at, event }: RenewalEntry): string {
  return `${renewal} ${at.getTime()} ${JSON.stringify(event)}`;
}

function pictureOf(alerts: readonly Pick<Alert, "id" | "revision">[]): string {
  const each = alerts.map(({ id, revision }) => `${id}@${revision}`);
  return each.toSorted().join(" ") || "nobody";
}
