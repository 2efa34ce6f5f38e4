// A stand-in for Meta's Graph API on a real HTTP server, for the demo and the tests: programmable tokens, assets,
// health and faults, on the sandbox's clock. Answers follow Graph v26.0 as documented and observed up to 2026-11. It
// may import node: modules, its own folder and sandbox/fake-token.ts; nothing of src/. To add an endpoint: write a
// function (state, request, caller) => Answer in its own file, add a line in router.ts, and add a test.
import type { IncomingMessage, ServerResponse } from "node:http";
import { dress } from "./answer.ts";
import { type AppVerbs, appVerbs } from "./tokens/app-verbs.ts";
import { type AssetVerbs, assetVerbs } from "./tokens/asset-verbs.ts";
import { type CannedAnswer, wireOf } from "./faults/canned.ts";
import { type GraphCall, recordCall } from "./calls.ts";
import { type Fault, type Faults, pathOf } from "./faults/fault.ts";
import { spoil } from "./faults/fault-answer.ts";
import { type HealthVerbs, healthVerbs } from "./tokens/health-verbs.ts";
import { createCallQueue } from "./faults/queue.ts";
import { matchesPath, parseRequest, type PathMatcher } from "./request.ts";
import { answerCall } from "./router.ts";
import { send, sendFaulty } from "./send.ts";
import { openLoopbackServer } from "./server.ts";
import { createGraphState, type GraphState } from "./state.ts";
import { type TokenVerbs, tokenVerbs } from "./tokens/token-verbs.ts";
import { answeringVersion } from "./version.ts";

export interface GraphOptions {
  readonly clock: { readonly now: () => Date };
  readonly appId: string;
  readonly appSecret: string;
  readonly appName?: string;
  /** How many of the newest calls are kept; 10 000 by default. */
  readonly keepCalls?: number;
}

export interface GraphStandIn extends AppVerbs, TokenVerbs, AssetVerbs, HealthVerbs {
  /** `http://127.0.0.1:<port>`, without a version. */
  readonly url: string;
  readonly appId: string;
  readonly clock: { readonly now: () => Date };
  readonly state: GraphState;
  readonly faults: Faults;
  /**
   * Answers matching calls with this literal answer, `times` times (Infinity by default); returns a function that
   * removes it.
   */
  readonly answerWith: (path: PathMatcher, answer: CannedAnswer, times?: number) => () => void;
  /** Calls received so far, oldest first; with a path, only the calls to that path. */
  readonly calls: (path?: PathMatcher) => readonly GraphCall[];
  readonly forgetCalls: () => void;
  /** Refuses connections from now on, and drops the open ones. */
  readonly goAway: () => Promise<void>;
  /** Serves again, on the same port. */
  readonly comeBack: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openGraph(options: GraphOptions): Promise<GraphStandIn> {
  const { clock, appId, keepCalls = 10_000 } = options;
  const now = (): Date => clock.now();
  const state = createGraphState();
  const apps = appVerbs(state, appId);
  apps.addApp({ id: appId, secret: options.appSecret, ...(options.appName ? { name: options.appName } : {}) });
  const faults = createCallQueue<Fault>();
  const canned = createCallQueue<CannedAnswer>();
  let calls: GraphCall[] = [];
  let serial = 0;
  let url = "";

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    incoming.resume();
    serial += 1;
    const at = now();
    response.setHeader("date", at.toUTCString());
    const request = parseRequest(incoming.method ?? "GET", incoming.url ?? "/", incoming.headers.authorization);
    const override = canned.take(request);
    const fault = override === undefined ? faults.take(request) : undefined;
    const call = recordCall(state, request, at, fault?.kind);
    calls.push(call);
    if (calls.length > keepCalls * 2) calls = calls.slice(-keepCalls);
    if (override !== undefined) {
      call.status = override.status;
      send(response, wireOf(override));
      return;
    }
    const version = answeringVersion(request.askedVersion, at) ?? "v26.0";
    const stamp = { serial, version };
    const refused = fault?.kind === "error" || fault?.kind === "rate_limited";
    const right = refused ? { body: {} } : answerCall(state, request, at, url, fault);
    if (fault === undefined) {
      const answer = dress(right, stamp);
      call.status = answer.status;
      send(response, answer);
      return;
    }
    const businessId = [...state.accounts.values()][0]?.businessId ?? "100000000003001";
    const spoilt = spoil(fault, right, request, businessId, stamp);
    call.status = await sendFaulty(fault, incoming, response, spoilt);
  };

  const server = await openLoopbackServer((incoming, response) => {
    // A bug in the sandbox must not end the process. The answer carries a header that marks it as a bug of the sandbox.
    serve(incoming, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, { status: 500, headers: { "x-sandbox-error": "1" }, body: `sandbox: ${String(error)}` });
    });
  });
  url = `http://127.0.0.1:${server.port}`;
  return {
    ...apps,
    ...tokenVerbs(state, now, appId),
    ...assetVerbs(state),
    ...healthVerbs(state),
    url,
    appId,
    clock,
    state,
    faults: { add: (fault) => faults.add(fault, pathOf(fault), fault.times ?? 1), clear: faults.clear },
    answerWith: (path, answer, times = Infinity) => canned.add(answer, path, times),
    calls: (path) => calls.slice(-keepCalls).filter((call) => matchesPath(path, call)),
    forgetCalls: () => {
      calls = [];
    },
    goAway: server.goAway,
    comeBack: server.comeBack,
    close: server.goAway,
  };
}
