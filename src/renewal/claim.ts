import { MINUTE_MS } from "../token/duration.ts";
import type { RenewerDeps } from "./deps.ts";
import type { Renewal } from "./renewal.ts";

/** Does work on one renewal while no other program does. */
export interface Claims {
  /**
   * Undefined: another program, or another task of this one, works on it. The work gets the stored renewal; undefined
   * when there is none.
   * @param tries how often to ask for the claim, one second apart
   */
  readonly during: <T>(
    id: string,
    tries: number,
    work: (renewal: Renewal | undefined) => Promise<T>,
  ) => Promise<{ readonly value: T } | undefined>;
}

export function createClaims(deps: Pick<RenewerDeps, "store" | "now" | "wait" | "log">): Claims {
  const { store, now, wait, log } = deps;
  // The store may give a claim again to the program that has it.
  const mine = new Set<string>();

  const take = async (id: string, tries: number): Promise<boolean> => {
    for (let tried = 1; ; tried++) {
      if (!mine.has(id)) {
        mine.add(id);
        try {
          if (await store.claimRenewal(id, now(), LEASE_MS)) return true;
        } catch (error) {
          mine.delete(id);
          throw error;
        }
        mine.delete(id);
      }
      if (tried >= tries) return false;
      await wait(BETWEEN_TRIES_MS);
    }
  };

  return {
    async during(id, tries, work) {
      if (!(await take(id, tries))) return undefined;
      try {
        return { value: await work(await store.renewalById(id)) };
      } finally {
        await store.releaseRenewal(id).catch((error: unknown) => {
          log.warn({ renewal: id, err: error }, "could not release a renewal; its claim ends by itself");
        });
        mine.delete(id);
      }
    },
  };
}

/** A person's press waits this many tries for a poll to end. */
export const PATIENT_TRIES = 15;

/** Longer than an exchange, two inspections and two commands of 30 s. */
const LEASE_MS = 5 * MINUTE_MS;

const BETWEEN_TRIES_MS = 1_000;
