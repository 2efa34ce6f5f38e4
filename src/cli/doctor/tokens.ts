import { createInspector } from "../../graph/inspector.ts";
import { isSetClock } from "../../token/clock-set.ts";
import { utcText } from "../../token/moment.ts";
import type { Secret } from "../../token/secret/secret.ts";
import { type ShapeProblem, shapeProblem } from "../../token/secret/shape-problem.ts";
import { describeSource } from "../../token/secret/source.ts";
import type { WatchBook } from "../../watch/watch-book.ts";
import { createChecker } from "../../watch/checker.ts";
import type { Checker } from "../../watch/ports.ts";
import type { Watch } from "../../watch/watch.ts";
import { terminalText } from "../../words/plain-text.ts";
import { counted, grouped, sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import type { AskMeta } from "./ask-meta.ts";
import type { MetaFound } from "./graph.ts";
import { type Line, notTried } from "./line.ts";
import { numberHint } from "./number-hint.ts";
import { tokenWords } from "./token-words.ts";
import { verdictLines } from "./verdict-lines.ts";

/**
 * Reads the token of each watch of the watchlist, and of the first watches of fleets. Checks the first tokens as
 * `wa-token check` does.
 * @param found what was learned about Meta and its apps; a string says why no token can be checked
 * @param book the watches of the watchlist, then those of its fleets
 * @param blockedWatches replaces the line about missing watches while the variables of the watches have problems
 */
export async function tokenLines(
  ask: AskMeta,
  found: MetaFound | string,
  book: WatchBook,
  blockedWatches?: Line,
): Promise<readonly Line[]> {
  const { watches, fleets } = ask.config;
  if (watches.length + fleets.length === 0) return [blockedWatches ?? NO_WATCH];
  const checker = checkerOf(ask, book);
  let checks = 0;
  let left = 0;
  const first = firstOf(book.values(), Math.max(watches.length, MOST_CHECKED));
  const all = await Promise.all(first.map((watch) => readToken(ask, watch)));
  const lines = all.map(async (held): Promise<readonly Line[]> => {
    if ("line" in held) return [held.line];
    const reason = reasonAgainst(ask, found, held.watch);
    if (reason !== undefined) return [notChecked(held, reason)];
    checks += 1;
    if (checks <= MOST_CHECKED) return checkToken(ask, checker, held);
    left += 1;
    return [];
  });
  const unread = book.size - first.length;
  return [
    ...(await Promise.all(lines)).flat(),
    ...(left > 0
      ? [leftLine(left === 1 ? "one more token was read but" : `${grouped(left)} more tokens were read but`)]
      : []),
    ...(unread > 0
      ? [leftLine(counted(unread, "more watch of the fleets was", "more watches of the fleets were"))]
      : []),
  ];
}

interface Held {
  readonly watch: Watch;
  readonly secret: Secret;
  /** Describes the source, with the remark of its reader. */
  readonly from: string;
}

/** More checks would make people wait, and use up the calls that Meta allows an app. */
const MOST_CHECKED = 20;

const NO_WATCH: Line = {
  status: "warning",
  topic: "Watches",
  text: "no token is watched. Set WHATSAPP_ACCESS_TOKEN, WHATSAPP_TOKEN_SOURCE or WATCHLIST to watch one.",
};

async function readToken({ readSource }: AskMeta, watch: Watch): Promise<Held | { readonly line: Line }> {
  const { name, source } = watch;
  const topic = `Token of ${name}`;
  const reading = await readSource(source);
  if (!reading.ok) return { line: { status: "problem", topic, text: reading.message } };
  const from = `${describeSource(source)}${reading.note === null ? "" : ` (${reading.note})`}`;
  const shape = shapeProblem(reading.secret, source);
  return shape === undefined
    ? { watch, secret: reading.secret, from }
    : { line: { status: "problem", topic, text: `${from} contains no token. ${shapeText(shape)}` } };
}

function shapeText(problem: ShapeProblem): string {
  return terminalText(sentences(words.shapes.looks(problem), ...words.shapes.remedy(problem)));
}

/** Why the token of this watch is not checked: another line has the problem. */
function reasonAgainst({ config, io }: AskMeta, found: MetaFound | string, watch: Watch): string | undefined {
  if (!isSetClock(io.now()))
    return `this machine's clock says ${utcText(io.now())}, so it was never set. Set it (NTP).`;
  if (typeof found === "string") return found;
  if (found.isAway) return "Meta did not answer.";
  const app = watch.app?.id ?? config.app?.id;
  return app !== undefined && found.refused.has(app) ? `fix Meta app ${app} first.` : undefined;
}

function checkerOf({ config, client, readSource, io: { now, wait } }: AskMeta, watches: WatchBook): Checker {
  return createChecker({
    inspect: createInspector(client, { now, wait }),
    now,
    wait,
    readSource,
    metaApp: config.app,
    watches,
    defaults: config.defaults,
    log: { warn: () => undefined },
  });
}

async function checkToken(ask: AskMeta, checker: Checker, { watch, secret, from }: Held): Promise<readonly Line[]> {
  const { verdict } = await checker.checkWatch(watch.name);
  const hint = await numberHint(ask, watch, secret, verdict);
  return verdictLines({ watch: watch.name, verdict, source: from, hint });
}

function notChecked({ watch, from }: Held, reason: string): Line {
  const text = terminalText(sentences(tokenWords.readFrom(from), tokenWords.notChecked(reason)));
  return notTried(`Token of ${watch.name}`, text);
}

function firstOf<T>(items: Iterable<T>, most: number): readonly T[] {
  return [...Iterator.from(items).take(most)];
}

function leftLine(which: string): Line {
  return notTried(
    "Tokens",
    `${which} not checked, because doctor checks at most ${String(MOST_CHECKED)}. Run \`wa-token check --watch NAME\` to check one.`,
  );
}
