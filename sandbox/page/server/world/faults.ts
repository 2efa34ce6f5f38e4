import type { FaultEffect as GraphEffect } from "../../../graph/faults/fault.ts";
import type { FaultEffect as SlackEffect } from "../../../slack/faults.ts";
import type { World } from "../../../world.ts";
import type { FaultName, Service } from "../../protocol/world-view.ts";
import { createSignal, type Signal } from "../signal.ts";

/** The active faults of the services; at most one for each service. */
export interface FaultSwitches extends Pick<Signal, "onChange"> {
  readonly on: () => Readonly<Record<Service, FaultName | null>>;
  readonly set: (service: Service, fault: FaultName | null) => Promise<void>;
}

export function createFaultSwitches({ graph, slack }: Pick<World, "graph" | "slack">): FaultSwitches {
  const { onChange, emit } = createSignal();
  const on: Record<Service, FaultName | null> = { graph: null, slack: null };
  const services = { graph, slack };

  return {
    onChange,
    on: () => ({ ...on }),
    set: async (service, fault) => {
      const { faults, goAway, comeBack } = services[service];
      const before = on[service];
      if (before === fault) return;
      on[service] = fault;
      faults.clear();
      if (before === "away") await comeBack();
      if (fault === "away") await goAway();
      else if (fault !== null && service === "graph") graph.faults.add({ ...GRAPH[fault], times: Infinity });
      else if (fault !== null) slack.faults.add({ ...SLACK[fault], times: Infinity });
      emit();
    },
  };
}

type Effects<Effect> = Readonly<Record<Exclude<FaultName, "away">, Effect>>;

/** Meta’s error of a limit, with the status that other deployments saw for it: Meta documents 400 and 403. */
const GRAPH: Effects<GraphEffect> = {
  slow: { kind: "slow", delayMs: 1_200 },
  limited: { kind: "rate_limited", status: 429, waitMinutes: 10 },
  broken: { kind: "status", status: 500 },
  garbage: { kind: "garbage" },
};

/**
 * The delay is visible but still in time for a modal. The rate limit is longer than a minute, so the bot keeps its
 * messages in the outbox.
 */
const SLACK: Effects<SlackEffect> = {
  slow: { kind: "slow", delayMs: 1_200 },
  limited: { kind: "rate_limited", retryAfterSeconds: 120 },
  broken: { kind: "status", status: 500 },
  garbage: { kind: "not_json" },
};
