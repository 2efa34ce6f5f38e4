// Measures inspections per second with 50 in flight, ours against a bare loop of undici and JSON.parse on the same
// local Graph.
import { setTimeout as wait } from "node:timers/promises";
import { createGraphClient } from "../src/graph/client.ts";
import { createInspector } from "../src/graph/inspector.ts";
import { Secret } from "../src/token/secret/secret.ts";
import { openBareCall } from "./bare-call.ts";
import type { Measured, Row } from "./report.ts";
import { startGraph } from "./servers.ts";
import { ratios, spread } from "./statistics.ts";

const IN_FLIGHT = 50;
const ROUNDS = 20;
const SLICE_MS = 1_000;

const HOW = `One \`/debug_token\` call for each inspection, 50 in flight, against a loop of undici and \`JSON.parse\` on the same local
server. Both sides share the process of the measurement.`;

/** Returns how often per second `work` finishes, with 50 calls in flight. */
const rate = async (work: () => Promise<void>): Promise<number> => {
  const startedMs = performance.now();
  const untilMs = startedMs + SLICE_MS;
  let done = 0;
  const loop = async (): Promise<void> => {
    while (performance.now() < untilMs) {
      await work();
      done++;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, loop));
  return (done * 1_000) / (performance.now() - startedMs);
};

export const benchInspections = async (): Promise<Measured> => {
  const graph = await startGraph(0);
  const { dispatcher, call: bare } = openBareCall(graph.graphUrl, IN_FLIGHT);
  const token = new Secret(`EAA${"x1".repeat(90)}`);
  const needs = {
    app: { id: "100000000000042", secret: new Secret("bench-app-secret") },
    phoneNumberId: undefined,
    whatsappBusinessAccountId: undefined,
  };
  const now = () => new Date();
  const inspect = createInspector(createGraphClient({ baseUrl: graph.graphUrl, version: "v26.0", now, dispatcher }), {
    now,
    wait,
  });

  const ours = async (): Promise<void> => {
    const result = await inspect(token, needs);
    if (!result.ok) throw new Error(result.failure.message);
  };
  try {
    await rate(ours);
    await rate(bare);
    const [a, b]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      a.push(await rate(ours));
      b.push(await rate(bare));
    }
    const row: Row = {
      what: "inspections, 50 in flight",
      unit: "per s",
      ours: spread(a),
      baseline: spread(b),
      ratio: spread(ratios(a, b)),
      goal: { kind: "at least", ratio: 0.85 },
      whyMissed:
        "The bot does more than the bare call. About a third of this extra work is the HMAC that identifies the token. The rest builds the call, hides secrets and reads the answer with its evidence.",
    };
    return { rows: [row], figures: [], how: HOW };
  } finally {
    await dispatcher.destroy();
    await graph.stop();
  }
};
