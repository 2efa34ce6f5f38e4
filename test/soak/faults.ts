import type { FaultEffect as GraphFault } from "../../sandbox/graph/faults/fault.ts";
import type { FaultEffect as SlackFault } from "../../sandbox/slack/faults.ts";
import type { World } from "../../sandbox/world.ts";
import { below } from "../crash/random.ts";

const SLACK: readonly SlackFault[] = [
  { kind: "lost_reply" },
  { kind: "reset" },
  { kind: "status", status: 500 },
  { kind: "not_json" },
  { kind: "rate_limited", retryAfterSeconds: 2 },
  { kind: "slow", delayMs: 800 },
];

const GRAPH: readonly GraphFault[] = [
  { kind: "reset" },
  { kind: "status", status: 503 },
  { kind: "html" },
  { kind: "truncated" },
  { kind: "rate_limited", retryAfterSeconds: 2 },
  { kind: "slow", delayMs: 800 },
];

/** Adds one fault to Slack or Graph, for one call. */
export const addFault = ({ slack, graph }: World, random: () => number): void => {
  const method = random() < 0.7 ? "chat.postMessage" : "chat.update";
  const [slackFault, graphFault] = [SLACK[below(random, SLACK.length)], GRAPH[below(random, GRAPH.length)]];
  if (random() < 0.5 && slackFault !== undefined) slack.faults.add({ ...slackFault, method });
  else if (graphFault !== undefined) graph.faults.add(graphFault);
};
