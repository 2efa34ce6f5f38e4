import { onTestFinished } from "vitest";
import { createClock, type Clock } from "../../../sandbox/clock.ts";
import { demoIds, type DemoTokens, seedDemoTokens } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { type GraphStandIn, openGraph } from "../../../sandbox/graph/graph.ts";

export const appId = "100000000000042";
export const appSecret = "sandbox-app-secret";
export const appToken = `${appId}|${appSecret}`;

/** A Graph answer with its parsed body. */
export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

interface Body {
  readonly error?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>> & readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

export interface Rig {
  readonly clock: Clock;
  readonly graph: GraphStandIn;
  readonly tokens: DemoTokens;
  /** Requests a path below `/v26.0`, with a Bearer credential when one is given. */
  readonly ask: (path: string, bearer?: string, method?: string) => Promise<Asked>;
  /** Requests /debug_token for a token with the app's credential; null: without a credential. */
  readonly debug: (token: string, bearer?: string | null) => Promise<Asked>;
}

/** Opens the stand-in with the demo's business on 2026-11-22. It is closed when the test ends. */
export async function openRig(): Promise<Rig> {
  const clock = createClock(new Date("2026-11-22T00:00:00Z"));
  const graph = await openGraph({ clock, appId, appSecret, appName: "Example Notifier" });
  onTestFinished(() => graph.close());
  const tokens = seedDemoTokens(graph);
  const ask: Rig["ask"] = async (path, bearer, method = "GET") => {
    const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
    const response = await fetch(`${graph.url}/v26.0${path}`, { method, headers });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  };
  const debug: Rig["debug"] = (token, bearer = appToken) =>
    ask(`/debug_token?${new URLSearchParams({ input_token: token }).toString()}`, bearer ?? undefined);
  return { clock, graph, tokens, ask, debug };
}

export const phonePath = `/${demoIds.phone}`;
export const accountPath = `/${demoIds.account}`;
export const dayMs = 86_400_000;

const client = { client_id: appId, client_secret: appSecret };

/** The path of a refresh. An empty text in `over` leaves a parameter empty. */
export const refreshPath = (token: string, over: Readonly<Record<string, string>> = {}): string =>
  `/oauth/access_token?${new URLSearchParams({
    grant_type: "fb_exchange_token",
    ...client,
    set_token_expires_in_60_days: "true",
    fb_exchange_token: token,
    ...over,
  }).toString()}`;

/** The path of a call that ends `old`. */
export const revokePath = (old: string, current: string, over: Readonly<Record<string, string>> = {}): string =>
  `/oauth/revoke?${new URLSearchParams({ ...client, revoke_token: old, access_token: current, ...over }).toString()}`;
