import type { Config } from "../../config/config.ts";
import type { GraphClient } from "../../graph/client.ts";
import { type GraphProbe, probeGraph } from "../../graph/probe.ts";
import { describeSpan } from "../../token/duration.ts";
import type { InspectionFailure, Needs } from "../../token/inspection.ts";
import type { ReadSource } from "../../token/secret/source.ts";
import { rich } from "../../guide/rich-text.ts";
import { terminalText } from "../../words/plain-text.ts";
import { sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import type { Line } from "./line.ts";

/**
 * Checks that Meta answers, that it accepts our app IDs and secrets, and that our clock agrees with Meta's clock.
 * @param blockedApp replaces the line about the shared app while META_APP_ID or META_APP_SECRET is wrong
 */
export async function graphLines(
  client: GraphClient,
  config: Config,
  readSource: ReadSource,
  blockedApp?: Line,
): Promise<readonly Line[]> {
  const readings = await readApps(config, readSource);
  const lines: Line[] = [];
  const probes: GraphProbe[] = [];
  for (const reading of readings) {
    if ("line" in reading) {
      lines.push(reading.line);
      continue;
    }
    const probe = await probeGraph(client, reading.app);
    probes.push(probe);
    lines.push(credentialLine(probe, reading.app.id));
  }
  if (config.app === undefined) lines.push(blockedApp ?? NO_APP);
  if (probes.length === 0) {
    const probe = await probeGraph(client, undefined);
    probes.push(probe);
    lines.push(...noAnswerLines(probe));
  }
  return [...lines, clockLine(probes)];
}

/** The bot shows expiry to the minute. A larger clock difference would make these times wrong. */
const LARGEST_SKEW_MS = 60_000;

function topicOf(id: string): string {
  return `Meta app ${id}`;
}

/** A failure that the operator must fix is a problem. Other failures may pass by themselves. */
function failureLine(topic: string, failure: InspectionFailure): Line {
  const { kind, message } = failure;
  return {
    status: kind === "misconfigured" || kind === "app_blocked" ? "problem" : "no_answer",
    topic,
    text: terminalText(sentences(rich`${message}`, words.failures.next(failure, "terminal"))),
  };
}

function credentialLine(probe: GraphProbe, id: string): Line {
  const topic = topicOf(id);
  if (probe.ok) return { status: "ok", topic, text: "Meta accepts the app ID and app secret." };
  return failureLine(topic, probe.failure);
}

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

type App = NonNullable<Needs["app"]>;
type AppReading = { readonly app: App } | { readonly line: Line };

/** The apps of the configuration: the shared app, and the own apps of watches. */
async function readApps(config: Config, readSource: ReadSource): Promise<readonly AppReading[]> {
  const readings: AppReading[] = config.app === undefined ? [] : [{ app: config.app }];
  for (const { name, app } of config.watches) {
    if (app?.secret.kind !== "source") continue;
    const reading = await readSource(app.secret.source);
    readings.push(
      reading.ok
        ? { app: { id: app.id, secret: reading.secret } }
        : {
            line: {
              status: "problem",
              topic: topicOf(app.id),
              text: `app secret of watch ${name}: ${reading.message}`,
            },
          },
    );
  }
  return readings;
}

function noAnswerLines(probe: GraphProbe): readonly Line[] {
  return probe.ok ? [] : [failureLine("Meta", probe.failure)];
}

const NO_APP: Line = {
  status: "not_tried",
  topic: "Meta app",
  text: "neither META_APP_ID nor META_APP_SECRET is set, so the bot cannot know when a token expires. Set both.",
};
