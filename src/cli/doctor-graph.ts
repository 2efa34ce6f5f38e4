import type { Config } from "../config/config.ts";
import type { GraphClient } from "../graph/client.ts";
import { type GraphProbe, probeGraph } from "../graph/probe.ts";
import { describeSpan } from "../token/duration.ts";
import { failureRemedy } from "../token/failure-reason.ts";
import type { InspectionFailure, Needs } from "../token/inspection.ts";
import type { ReadSource } from "../token/source.ts";
import type { Line } from "./doctor-line.ts";

/** Expiry is told by the minute; a clock that is off by more tells it wrong. */
const LARGEST_SKEW_MS = 60_000;

const topicOf = (id: string): string => `Meta app ${id}`;

/** Graph's failures end with what a round does next; at a terminal a person does something. */
const ROUND_ADVICE = / This says nothing about the token;.*$/s;

const adviceOf = (failure: InspectionFailure): string =>
  failure.kind === "unreachable" ? "Check your network and run this again." : failureRemedy(failure);

/** What a person of ours must set right is a problem; the rest is for later. */
const failureLine = (topic: string, failure: InspectionFailure): Line => {
  const { kind, message } = failure;
  return {
    status: kind === "misconfigured" || kind === "app_blocked" ? "problem" : "away",
    topic,
    text: ROUND_ADVICE.test(message) ? `${message.replace(ROUND_ADVICE, "")} ${adviceOf(failure)}` : message,
  };
};

const credentialLine = (probe: GraphProbe, id: string): Line => {
  const topic = topicOf(id);
  if (probe.ok) return { status: "ok", topic, text: "Meta takes the app id and secret." };
  return failureLine(topic, probe.failure);
};

const clockLine = (probes: readonly GraphProbe[]): Line => {
  const topic = "Clock";
  const skewMs = probes.find((probe) => probe.skewMs !== null)?.skewMs ?? null;
  if (skewMs === null) return { status: "not_tried", topic, text: "Meta told no time to compare with." };
  if (Math.abs(skewMs) <= LARGEST_SKEW_MS) return { status: "ok", topic, text: "agrees with Meta's to the minute." };
  const how = `${describeSpan(skewMs)} ${skewMs > 0 ? "ahead of" : "behind"} Meta's`;
  return { status: "problem", topic, text: `this machine's clock is ${how}. Set it, for example with an NTP service.` };
};

type App = NonNullable<Needs["app"]>;
type AppReading = { readonly app: App } | { readonly line: Line };

/** The apps of the configuration, each once: the common one, and those that watches bring with them. */
const readApps = async (config: Config, readSource: ReadSource): Promise<readonly AppReading[]> => {
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
              text: `its secret for the watch ${name}: ${reading.message}`,
            },
          },
    );
  }
  return readings;
};

const answerLines = (probe: GraphProbe): readonly Line[] => (probe.ok ? [] : [failureLine("Meta", probe.failure)]);

const NO_APP: Line = {
  status: "not_tried",
  topic: "Meta app",
  text: "META_APP_ID and META_APP_SECRET are not set, so when a token ends cannot be known. Set both.",
};

/**
 * Does Meta answer, does it take our app ids and secrets, and does our clock agree with Meta's? `blocked` stands for
 * the common app while its variables are wrong.
 */
export const graphLines = async (
  client: GraphClient,
  config: Config,
  readSource: ReadSource,
  blocked?: Line,
): Promise<readonly Line[]> => {
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
  if (config.app === undefined) lines.push(blocked ?? NO_APP);
  if (probes.length === 0) {
    const probe = await probeGraph(client, undefined);
    probes.push(probe);
    lines.push(...answerLines(probe));
  }
  return [...lines, clockLine(probes)];
};
