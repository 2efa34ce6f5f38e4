import { randomBytes } from "node:crypto";

/** The meaning of a trigger: this person just acted, perhaps in a modal. */
export interface Trigger {
  readonly userId: string;
  readonly viewId: string | undefined;
}

export interface Triggers {
  readonly issue: (trigger: Trigger) => string;
  readonly spend: (id: string) => SpentTrigger;
  /** Makes every trigger issued so far expire without waiting. */
  readonly expireAll: () => void;
}

/**
 * Trigger ids are valid for `lifeMs` of real time (3 s in Slack) and work once. Errors as on the page of views.open:
 * expired_trigger_id, exchanged_trigger_id.
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

type SpentTrigger =
  | { readonly ok: true; readonly trigger: Trigger }
  | { readonly ok: false; readonly error: "expired_trigger_id" | "exchanged_trigger_id" | "invalid_arguments" };
