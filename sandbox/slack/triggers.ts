import { randomBytes } from "node:crypto";

/** What a trigger stands for: this person did something just now, perhaps inside a modal. */
export interface Trigger {
  readonly userId: string;
  readonly viewId: string | undefined;
}

type SpentTrigger =
  | { readonly ok: true; readonly trigger: Trigger }
  | { readonly ok: false; readonly error: "expired_trigger_id" | "exchanged_trigger_id" | "invalid_arguments" };

export interface Triggers {
  readonly issue: (trigger: Trigger) => string;
  readonly spend: (id: string) => SpentTrigger;
  /** Lets every trigger given out so far be too old, without waiting. */
  readonly expireAll: () => void;
}

/**
 * Trigger ids live `lifeMs` (Slack: 3 s) of real time and work once.
 * Errors as on the page of views.open: expired_trigger_id, exchanged_trigger_id.
 */
export function createTriggers(lifeMs: number): Triggers {
  const known = new Map<string, { readonly trigger: Trigger; endsAtMs: number; spent: boolean }>();
  return {
    issue: (trigger) => {
      const id = `${Math.floor(performance.now() * 1000)}.${known.size}.${randomBytes(16).toString("hex")}`;
      known.set(id, { trigger, endsAtMs: performance.now() + lifeMs, spent: false });
      return id;
    },
    spend: (id) => {
      const entry = known.get(id);
      if (entry === undefined) return { ok: false, error: "invalid_arguments" };
      if (entry.spent) return { ok: false, error: "exchanged_trigger_id" };
      if (performance.now() >= entry.endsAtMs) return { ok: false, error: "expired_trigger_id" };
      entry.spent = true;
      return { ok: true, trigger: entry.trigger };
    },
    expireAll: () => {
      for (const entry of known.values()) entry.endsAtMs = 0;
    },
  };
}
