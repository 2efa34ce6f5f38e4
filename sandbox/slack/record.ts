import type { JsonObject } from "./json.ts";

/** One request of the app to Slack. The pseudo method `response_url` is a post to a response_url. */
export interface Call {
  readonly at: Date;
  readonly method: string;
  readonly token: "bot" | "app" | "unknown" | "none";
  /** Parsed arguments; JSON strings such as `blocks` and `view` are parsed too. */
  readonly args: JsonObject;
  readonly status: number;
  /**
   * Slack's answer; undefined when no answer was sent (hang, reset). For a lost reply it is the answer that was lost.
   */
  readonly response: unknown;
  readonly fault: string | undefined;
}

/** A request or acknowledgement of the app that Slack would refuse. */
export interface Rejection {
  readonly at: Date;
  readonly source: "api" | "response_url" | "ack";
  readonly method: string;
  readonly error: string;
  /** Sentences with `[json-pointer:/…]`, as in `response_metadata.messages`. */
  readonly messages: readonly string[];
}

export type DeliveryKind = "slash_commands" | "interactive" | "events_api";

export type Answer =
  | { readonly kind: "acked"; readonly payload: JsonObject | undefined }
  | { readonly kind: "timeout" }
  | { readonly kind: "failed"; readonly status: number | undefined; readonly reason: string };

/** One payload that Slack delivered to the app, with the app's answer. */
export interface Delivery {
  readonly at: Date;
  readonly kind: DeliveryKind;
  readonly via: "socket" | "http" | "none";
  readonly payload: JsonObject;
  readonly answer: Answer;
}

export type WorkspaceEvent =
  | { readonly type: "call"; readonly call: Call }
  | { readonly type: "rejection"; readonly rejection: Rejection }
  | { readonly type: "delivery"; readonly delivery: Delivery }
  | { readonly type: "socket"; readonly open: number }
  | { readonly type: "seen" };

export interface WorkspaceRecord {
  readonly calls: () => readonly Call[];
  readonly rejections: () => readonly Rejection[];
  readonly deliveries: () => readonly Delivery[];
  readonly add: (event: WorkspaceEvent) => void;
  readonly subscribe: (listener: (event: WorkspaceEvent) => void) => () => void;
  /**
   * Calls `probe` now and after every event until the result is not undefined, null or false. Rejects after `timeoutMs`
   * (20 s by default); the error message lists the last calls.
   */
  readonly waitFor: <T>(probe: () => T | undefined | null | false, timeoutMs?: number) => Promise<T>;
}

/** Records the traffic between the app and Slack, and notifies listeners of every event. */
export function createRecord(): WorkspaceRecord {
  const calls: Call[] = [];
  const rejections: Rejection[] = [];
  const deliveries: Delivery[] = [];
  const listeners = new Set<(event: WorkspaceEvent) => void>();

  const add = (event: WorkspaceEvent): void => {
    if (event.type === "call") calls.push(event.call);
    if (event.type === "rejection") rejections.push(event.rejection);
    if (event.type === "delivery") deliveries.push(event.delivery);
    for (const listener of listeners) listener(event);
  };

  const subscribe = (listener: (event: WorkspaceEvent) => void): (() => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };

  const waitFor = <T>(probe: () => T | undefined | null | false, timeoutMs = 20_000): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      let stop = (): void => {};
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`Nothing matched within ${timeoutMs} ms. Last calls: ${lastCalls(calls)}`));
      }, timeoutMs);
      const ask = (): void => {
        try {
          const found = probe();
          if (found === undefined || found === null || found === false) return;
          stop();
          clearTimeout(timer);
          resolve(found);
        } catch (error) {
          stop();
          clearTimeout(timer);
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      stop = subscribe(ask);
      ask();
    });

  return {
    calls: () => calls,
    rejections: () => rejections,
    deliveries: () => deliveries,
    add,
    subscribe,
    waitFor,
  };
}

function lastCalls(calls: readonly Call[]): string {
  const lines = calls.slice(-8).map((call) => `${call.method} ${call.status} ${errorOf(call.response)}`.trim());
  return lines.length === 0 ? "none" : lines.join(", ");
}

function errorOf(response: unknown): string {
  if (typeof response !== "object" || response === null || !("error" in response)) return "";
  return typeof response.error === "string" ? response.error.slice(0, 60) : "";
}
