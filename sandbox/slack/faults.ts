/** What goes wrong, instead of or on top of the normal answer. */
export type FaultEffect =
  | { readonly kind: "status"; readonly status: number; readonly body?: string }
  | { readonly kind: "error"; readonly error: string }
  | { readonly kind: "rate_limited"; readonly retryAfterSeconds?: number }
  /** The request is taken and never answered. */
  | { readonly kind: "hang" }
  /** The connection breaks before the call is performed. */
  | { readonly kind: "reset" }
  /** The call is performed, then the connection breaks. */
  | { readonly kind: "lost_reply" }
  | { readonly kind: "slow"; readonly delayMs: number }
  | { readonly kind: "not_json"; readonly body?: string };

export type Fault = FaultEffect & {
  /** A Web API method, or `response_url`. Absent: every Web API method. */
  readonly method?: string;
  /** A channel id: only calls whose `channel` is this one. */
  readonly channel?: string;
  /** How often it happens; 1 by default, `Infinity` until taken away. */
  readonly times?: number;
};

export interface Faults {
  /** Adds a fault and returns the function that takes it away. */
  readonly add: (fault: Fault) => () => void;
  readonly clear: () => void;
}

export interface FaultQueue extends Faults {
  /** The first fault that fits this call, used up by one; undefined when all is well. */
  readonly take: (method: string, channel: string | undefined) => FaultEffect | undefined;
}

export function createFaults(): FaultQueue {
  let queue: { readonly fault: Fault; left: number }[] = [];
  const fits = (fault: Fault, method: string, channel: string | undefined): boolean => {
    const sameMethod = fault.method === undefined ? method !== "response_url" : fault.method === method;
    return sameMethod && (fault.channel === undefined || fault.channel === channel);
  };
  return {
    add: (fault) => {
      const entry = { fault, left: fault.times ?? 1 };
      queue.push(entry);
      return () => {
        queue = queue.filter((other) => other !== entry);
      };
    },
    clear: () => {
      queue = [];
    },
    take: (method, channel) => {
      const entry = queue.find((candidate) => candidate.left > 0 && fits(candidate.fault, method, channel));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      return entry.fault;
    },
  };
}
