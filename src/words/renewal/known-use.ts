import type { Renewal } from "../../renewal/renewal.ts";
import { resultOf } from "../../renewal/rules/steps.ts";

/** What the bot knows of the apps that use the token of a renewal. */
export interface KnownUse {
  /** The apps of the watch, as configured. */
  readonly apps: readonly string[];
  /** The proofs that gave the old token at the last reading. */
  readonly stillOld: readonly string[];
  /** The proof that gave no answer at the last reading. */
  readonly silent: string | null;
}

/** What the last reading of the proofs gave. */
export function knownUse({ steps, card: { consumers: apps } }: Pick<Renewal, "steps" | "card">): KnownUse {
  const found = resultOf({ steps }, "in_use")?.detail;
  return {
    apps,
    stillOld: found?.kind === "old_in_use" ? found.consumers : [],
    silent: found?.kind === "proof_failed" ? found.consumer : null,
  };
}
