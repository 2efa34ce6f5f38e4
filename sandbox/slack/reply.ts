import { setTimeout as delay } from "node:timers/promises";
import type { FaultEffect } from "./faults.ts";
import type { JsonObject } from "./json.ts";

/** An answer before faults are applied: a JSON object, or text (response_url answers `ok`). */
export interface Reply {
  readonly status: number;
  readonly body: JsonObject | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What happens on the connection. */
export type Sending =
  | { readonly kind: "send"; readonly reply: Reply }
  /** Nothing is sent and the connection stays open. */
  | { readonly kind: "hang" }
  /** The connection is closed; `lost` is the answer that the app did not receive, if the call was performed. */
  | { readonly kind: "cut"; readonly lost: Reply | undefined };

export function okReply(body: JsonObject = {}): Reply {
  return { status: 200, body: { ok: true, ...body } };
}

/** Slack reports errors of the Web API with HTTP 200. */
export function errorReply(error: string, more: JsonObject = {}): Reply {
  return { status: 200, body: { ok: false, error, ...more } };
}

/** Performs a call with a fault applied, or normally without one. */
export async function performUnder(fault: FaultEffect | undefined, perform: () => Promise<Reply>): Promise<Sending> {
  switch (fault?.kind) {
    case undefined:
      return { kind: "send", reply: await perform() };
    case "slow":
      await delay(fault.delayMs);
      return { kind: "send", reply: await perform() };
    case "lost_reply":
      return { kind: "cut", lost: await perform() };
    case "reset":
      return { kind: "cut", lost: undefined };
    case "hang":
      return { kind: "hang" };
    case "error":
      return { kind: "send", reply: errorReply(fault.error) };
    case "status":
      return { kind: "send", reply: { status: fault.status, body: fault.body ?? "" } };
    case "not_json":
      return { kind: "send", reply: { status: 200, body: fault.body ?? "<html><body>Sorry</body></html>" } };
    case "rate_limited": {
      const headers = { "retry-after": String(fault.retryAfterSeconds ?? 1) };
      return { kind: "send", reply: { status: 429, body: { ok: false, error: "ratelimited" }, headers } };
    }
  }
}
