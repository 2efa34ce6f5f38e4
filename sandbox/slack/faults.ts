/** The effect of a fault, which replaces or changes the normal answer. */
export type FaultEffect =
  | { readonly kind: "status"; readonly status: number; readonly body?: string }
  | { readonly kind: "error"; readonly error: string }
  | { readonly kind: "rate_limited"; readonly retryAfterSeconds?: number }
  /** The request is accepted and never answered. */
  | { readonly kind: "hang" }
  /** The connection breaks before the call is performed. */
  | { readonly kind: "reset" }
  /** The call is performed, then the connection breaks. */
  | { readonly kind: "lost_reply" }
  | { readonly kind: "slow"; readonly delayMs: number }
  | { readonly kind: "not_json"; readonly body?: string };

export type Fault = FaultEffect & {
  /** A Web API method, or `response_url`. Without it the fault applies to every Web API method. */
  readonly method?: string;
  /** A channel id: the fault applies only to calls with this `channel`. */
  readonly channel?: string;
  /** How many calls the fault applies to: 1 by default, `Infinity` until it is removed. */
  readonly times?: number;
};

export interface Faults {
  /** Adds a fault and returns a function that removes it. */
  readonly add: (fault: Fault) => () => void;
  readonly clear: () => void;
}

export interface FaultQueue extends Faults {
  /** The first fault that matches this call, with one use taken off; undefined when none matches. */
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
