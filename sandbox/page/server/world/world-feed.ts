import { reachedThreshold, usableThresholds } from "../../../../src/token/expiry.ts";
import type { GraphToken } from "../../../graph/state.ts";
import { tokenDeath } from "../../../graph/tokens/token-death.ts";
import type { World } from "../../../world.ts";
import type { AppView, TokenState, TokenView, WorldView } from "../../protocol/world-view.ts";
import { ALERTS, type Deployment, firstKind, OWNER, WATCH_PLANS, type WatchPlan } from "../page-world.ts";
import type { FaultSwitches } from "./faults.ts";
import type { TokenDesk } from "./token-desk.ts";
import { isAssigned } from "./verbs.ts";

export interface WorldParts {
  readonly world: World;
  readonly desk: TokenDesk;
  readonly faults: FaultSwitches;
  readonly epoch: number;
  readonly deployment: Deployment;
}

/** The real state of the outside world, which the bot has to find out. */
export function worldView(parts: WorldParts): WorldView {
  return {
    epoch: parts.epoch,
    tokens: WATCH_PLANS.map((plan) => tokenView(parts, plan)),
    faults: parts.faults.on(),
  };
}

function standingOf(death: ReturnType<typeof tokenDeath>): TokenView["standing"] {
  if (death === undefined) return "alive";
  // Graph's subcode for an expired token (error guide, read 2026-11).
  return death.subcode === 463 ? "expired" : "revoked";
}

type Facts = Pick<TokenView, "standing" | "missingScopes" | "ownApp" | "assigned" | "sending">;

/** Ranks the facts as the bot does. */
function stateOf({ standing, missingScopes, ownApp, assigned, sending }: Facts, soon: boolean): TokenState {
  if (standing !== "alive") return standing;
  if (missingScopes.length > 0 || !ownApp || !assigned || sending === "blocked") return "degraded";
  return soon ? "expiring" : "healthy";
}

/** The token has reached a threshold of its watch. */
function endsSoon({ config, clock }: World, name: string, { expiresAt, issuedAt }: GraphToken): boolean {
  const watch = config.watches.find((one) => one.name === name);
  if (watch === undefined || expiresAt === "never") return false;
  const expiry = { kind: "at", at: expiresAt } as const;
  return reachedThreshold(usableThresholds(watch.policy.warnAt, expiry, issuedAt), expiry, clock.now()) !== undefined;
}

/** The app shows the deployed token, or an earlier one that it read at its start. */
function appView({ graph, clock }: World, desk: TokenDesk, watch: string): AppView | null {
  const app = desk.app(watch);
  const [token, startedAt] = [app?.token(), app?.startedAt()];
  const known = graph.state.tokens.get(token ?? "");
  if (token === undefined || startedAt === undefined || known === undefined) return null;
  return {
    startedAt: startedAt.toISOString(),
    tail: token.slice(-8),
    current: desk.deployed(watch).at(-1)?.raw === token,
    standing: standingOf(tokenDeath(known, clock.now())),
  };
}

function tokenView({ world, desk, deployment }: WorldParts, plan: WatchPlan): TokenView {
  const { graph, clock, config } = world;
  const token = desk.deployed(plan.name).at(-1)?.token;
  if (token === undefined) throw new Error(`no token is deployed for ${plan.name}`);
  const { expiresAt, scopes, appId } = token;
  const required = config.defaults.policy.requiredScopes;
  const facts: Facts = {
    standing: standingOf(tokenDeath(token, clock.now())),
    missingScopes: required.filter((scope) => !scopes.includes(scope)),
    ownApp: appId === graph.appId,
    assigned: isAssigned(graph, plan.user),
    sending: graph.state.health.has(plan.phone) ? "blocked" : "available",
  };
  return {
    watch: plan.name,
    kind: firstKind(plan, deployment),
    channel: plan.channel ?? ALERTS,
    owner: plan.owned ? OWNER : null,
    consumers: plan.consumers,
    ...facts,
    state: stateOf(facts, endsSoon(world, plan.name, token)),
    endsAt: expiresAt === "never" ? null : expiresAt.toISOString(),
    possible: desk.possible(plan.name),
    undo: desk.lastVerb(plan.name),
    app: appView(world, desk, plan.name),
  };
}
