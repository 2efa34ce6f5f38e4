import type { Config } from "../../config/config.ts";
import { type GraphProbe, probeGraph } from "../../graph/probe.ts";
import { describeSpan } from "../../token/duration.ts";
import { misconfigurationOf } from "../../token/misconfiguration.ts";
import type { Secret } from "../../token/secret/secret.ts";
import type { ReadSource } from "../../token/secret/source.ts";
import { appHint, unsetAppHint } from "./app-hint.ts";
import { terminalText } from "../../words/plain-text.ts";
import type { AskMeta } from "./ask-meta.ts";
import { type Line, notTried } from "./line.ts";
import { tokenWords } from "./token-words.ts";
import { failureLine } from "./verdict-lines.ts";

/**
 * Checks that Meta answers, that it accepts our app IDs and secrets, and that our clock agrees with Meta's clock.
 * @param blockedApp replaces the line about the shared app while META_APP_ID or META_APP_SECRET is wrong
 */
export async function askApps(ask: AskMeta, blockedApp?: Line): Promise<MetaFound> {
  const { client, config, readSource } = ask;
  const lines: Line[] = [];
  const probes: GraphProbe[] = [];
  const refused = new Set<string>();
  for (const reading of await readApps(config, readSource)) {
    const { id } = reading;
    if ("line" in reading) {
      refused.add(id);
      lines.push(reading.line);
      continue;
    }
    const probe = await probeGraph(client, { id, secret: reading.secret });
    probes.push(probe);
    if (!probe.ok) refused.add(id);
    lines.push(await credentialLine(ask, probe, id));
  }
  if (probes.length === 0) {
    const probe = await probeGraph(client, undefined);
    probes.push(probe);
    lines.push(...(probe.ok ? [] : [failureLine("Meta", probe.failure)]));
  }
  const isAway = probes.every((probe) => !probe.ok && probe.failure.kind === "unreachable");
  if (config.app === undefined) lines.push(blockedApp ?? (await noAppLine(ask, isAway)));
  return { lines: [...lines, clockLine(probes)], isAway, refused };
}

/** What doctor learned about Meta. */
export interface MetaFound {
  readonly lines: readonly Line[];
  /** Meta did not answer, so further calls would only wait. */
  readonly isAway: boolean;
  /** The apps that Meta refuses. Their tokens cannot be checked. */
  readonly refused: ReadonlySet<string>;
}

/** The bot shows expiry to the minute. A larger clock difference would make these times wrong. */
const LARGEST_SKEW_MS = 60_000;

function topicOf(id: string): string {
  return `Meta app ${id}`;
}

async function credentialLine(ask: AskMeta, probe: GraphProbe, id: string): Promise<Line> {
  const topic = topicOf(id);
  if (probe.ok) return { status: "ok", topic, text: "Meta accepts the app ID and app secret." };
  const { failure } = probe;
  const isUnsure = REFUSED_PAIR.has(failure.evidence?.code ?? null) && id === ask.config.app?.id;
  const hint = isUnsure ? await appHint(ask, id) : undefined;
  // Meta does not say which of the two is wrong, and the token does.
  const isSecret = hint?.secretIsWrong === true && misconfigurationOf(failure) === "credential";
  return failureLine(topic, failure, hint?.text, isSecret ? tokenWords.copySecret : undefined);
}

/** Meta refuses the pair of app ID and secret. Other codes are about the kind of the app or its permissions. */
const REFUSED_PAIR: ReadonlySet<number | null> = new Set([1, 101, 190]);

function clockLine(probes: readonly GraphProbe[]): Line {
  const topic = "Clock";
  const skewMs = probes.find((probe) => probe.skewMs !== null)?.skewMs ?? null;
  if (skewMs === null) {
    const answered = probes.some((probe) => probe.ok || (probe.failure.evidence?.status ?? null) !== null);
    const cause = answered ? "Meta sent no usable time" : "Meta did not answer";
    return { status: "not_tried", topic, text: `not compared, because ${cause}.` };
  }
  if (Math.abs(skewMs) <= LARGEST_SKEW_MS)
    return { status: "ok", topic, text: "agrees with Meta's clock to the minute." };
  const how = `${describeSpan(skewMs)} ${skewMs > 0 ? "ahead of" : "behind"} Meta's clock`;
  return { status: "problem", topic, text: `this machine's clock is ${how}. Set it, for example with NTP.` };
}

type AppReading = { readonly id: string } & ({ readonly secret: Secret } | { readonly line: Line });

/** The apps of the configuration: the shared app, and the own apps of watches. */
async function readApps(config: Config, readSource: ReadSource): Promise<readonly AppReading[]> {
  const readings: AppReading[] = config.app === undefined ? [] : [config.app];
  for (const { name, app } of config.watches) {
    if (app?.secret.kind !== "source") continue;
    const { id } = app;
    const reading = await readSource(app.secret.source);
    const text = reading.ok ? "" : `app secret of watch ${name}: ${reading.message}`;
    readings.push(
      reading.ok ? { id, secret: reading.secret } : { id, line: { status: "problem", topic: topicOf(id), text } },
    );
  }
  return readings;
}

/** Names the app to set, if a watched token shows it. */
async function noAppLine(ask: AskMeta, isAway: boolean): Promise<Line> {
  const missing =
    "neither META_APP_ID nor META_APP_SECRET is set, so the bot cannot know when a token expires. Set both.";
  return notTried("Meta app", `${missing} ${isAway ? "" : terminalText(await unsetAppHint(ask))}`.trim());
}
