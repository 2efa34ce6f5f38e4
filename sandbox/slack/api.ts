import type { Clock } from "../clock.ts";
import type { Auth } from "./auth.ts";
import { forward } from "./chat.ts";
import type { Method } from "./chat.ts";
import type { Backend } from "./backend.ts";
import type { Directory } from "./directory.ts";
import type { FaultQueue } from "./faults.ts";
import { asString } from "./json.ts";
import type { JsonObject } from "./json.ts";
import type { Call, WorkspaceRecord } from "./record.ts";
import { errorReply, performUnder } from "./reply.ts";
import type { Reply, Sending } from "./reply.ts";

export interface ApiDeps {
  readonly auth: Auth;
  readonly faults: FaultQueue;
  readonly methods: Readonly<Record<string, Method>>;
  readonly backend: Backend;
  readonly directory: Directory;
  readonly scopes: readonly string[];
  readonly record: WorkspaceRecord;
  readonly clock: Clock;
}

export type Api = (method: string, args: JsonObject, bearer: string | undefined) => Promise<Sending>;

/** Handles one Web API call: check the token, apply a fault, run our own method or emulate's, and record the call. */
export function createApi(deps: ApiDeps): Api {
  return async (method, args, bearer) => {
    const at = deps.clock.now();
    const named = asString(args["channel"]);
    const channel = named === undefined ? undefined : (deps.directory.findChannel(named)?.id ?? named);
    const { token, error } = deps.auth.check(method, bearer ?? asString(args["token"]));
    const fault = deps.faults.take(method, channel);
    const sending = await performUnder(fault, async () => {
      if (error !== undefined) return errorReply(error);
      const own = Object.hasOwn(deps.methods, method) ? deps.methods[method] : undefined;
      const reply = await (own === undefined ? forward(deps, method, args) : own(args));
      return withScopes(reply, deps.scopes, token);
    });
    deps.record.add({
      type: "call",
      call: { at, method, token, args, ...sentParts(sending), fault: fault?.kind },
    });
    return sending;
  };
}

/** The parts of a reply that the record keeps. The status is 0 when nothing was answered. */
export function sentParts(sending: Sending): Pick<Call, "status" | "response"> {
  const reply = sending.kind === "send" ? sending.reply : sending.kind === "cut" ? sending.lost : undefined;
  return { status: reply?.status ?? 0, response: reply?.body };
}

/** Slack reports a token's scopes in a header; apps read it from auth.test to learn their permissions. */
function withScopes(reply: Reply, scopes: readonly string[], token: Call["token"]): Reply {
  const granted = token === "app" ? "connections:write" : scopes.join(",");
  return { ...reply, headers: { ...reply.headers, "x-oauth-scopes": granted } };
}
