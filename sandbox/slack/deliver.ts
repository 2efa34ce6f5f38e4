import { request } from "undici";
import type { Dispatcher } from "undici";
import type { Clock } from "../clock.ts";
import { APP } from "./backend.ts";
import { isObject, parseJson } from "./json.ts";
import type { JsonObject } from "./json.ts";
import type { Answer, Delivery, DeliveryKind, WorkspaceRecord } from "./record.ts";
import { signRequest } from "./signing.ts";
import type { SocketLink } from "./socket.ts";

export interface DeliverDeps {
  readonly link: SocketLink;
  readonly requestUrl: () => string | undefined;
  readonly dispatcher: Dispatcher;
  readonly ackWithinMs: number;
  readonly record: WorkspaceRecord;
  readonly clock: Clock;
}

export type Deliver = (kind: DeliveryKind, payload: JsonObject) => Promise<Answer>;

/** Delivers a payload to the app over an open socket, otherwise by a signed POST, and waits for the acknowledgement. */
export function createDeliver(deps: DeliverDeps): Deliver {
  return async (kind, payload) => {
    const at = deps.clock.now();
    const url = deps.requestUrl();
    let via: Delivery["via"] = "none";
    let answer: Answer = { kind: "failed", status: undefined, reason: "no socket is connected and no URL is set" };
    if (deps.link.open() > 0) {
      via = "socket";
      answer = await deps.link.send(kind, payload, deps.ackWithinMs);
    } else if (url !== undefined) {
      via = "http";
      answer = await post(deps, url, encode(kind, payload));
    }
    deps.record.add({ type: "delivery", delivery: { at, kind, via, payload, answer } });
    return answer;
  };
}

const FORM = "application/x-www-form-urlencoded";

interface Encoded {
  readonly body: string;
  readonly contentType: string;
}

/** The HTTP body that Slack sends for each kind: form fields, `payload=` with JSON, or plain JSON. */
function encode(kind: DeliveryKind, payload: JsonObject): Encoded {
  switch (kind) {
    case "slash_commands": {
      const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]);
      return { body: new URLSearchParams(fields).toString(), contentType: FORM };
    }
    case "interactive":
      return { body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), contentType: FORM };
    case "events_api":
      return { body: JSON.stringify(payload), contentType: "application/json" };
  }
}

async function post(deps: DeliverDeps, url: string, { body, contentType }: Encoded): Promise<Answer> {
  const signal = AbortSignal.timeout(deps.ackWithinMs);
  // Real time, not the sandbox's clock: the app compares this timestamp with the real time.
  const seconds = Math.floor(Date.now() / 1000);
  try {
    const reply = await request(url, {
      method: "POST",
      headers: { "content-type": contentType, ...signRequest(APP.signingSecret, seconds, body) },
      body,
      signal,
      dispatcher: deps.dispatcher,
    });
    const text = await reply.body.text();
    if (reply.statusCode === 200) return { kind: "acked", payload: ackPayload(text) };
    return { kind: "failed", status: reply.statusCode, reason: `the app answered HTTP ${reply.statusCode}` };
  } catch (error) {
    if (signal.aborted) return { kind: "timeout" };
    const reason = error instanceof Error ? error.message : "the app could not be reached";
    return { kind: "failed", status: undefined, reason };
  }
}

function ackPayload(text: string): JsonObject | undefined {
  const parsed = parseJson(text);
  if (isObject(parsed)) return Object.keys(parsed).length === 0 ? undefined : parsed;
  return text === "" ? undefined : { text };
}
