import { fingerprintOf, type Secret, tailOf } from "../../token/secret/secret.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { Candidate } from "./find-leaks.ts";

/** A token of a message, and what the bot knows about it. It holds no token. */
export interface Leak {
  readonly fingerprint: string;
  readonly tail: string;
  /** The watches that have it at their last check. Undefined: the store did not answer. */
  readonly holders: readonly string[] | undefined;
  /** Undefined: not checked, because the person has no turn left. */
  readonly verdict: Verdict | undefined;
}

/** The watches with a fingerprint; undefined when the store did not answer. */
export type FindHolders = (fingerprint: string) => readonly string[] | undefined;

/** Finds the watches that have these candidates. A store that does not answer is logged. */
export async function readHolders(
  { watches, cards, log }: SlackDeps,
  candidates: readonly Candidate[],
): Promise<FindHolders> {
  try {
    const holders = await watches.holders(candidates.flatMap(({ forms }) => forms.map(fingerprintOf)));
    return (fingerprint) => (holders.get(fingerprint) ?? []).filter((name) => cards.has(name));
  } catch (error) {
    log.warn({ err: error }, "the store did not answer; checked a leaked token without the watches");
    return () => undefined;
  }
}

/** True for a text that Meta may see: a token of Meta, or a value that a watch has. */
export function mayBeChecked({ forms, ofMeta }: Candidate, holdersOf: FindHolders): boolean {
  return ofMeta || forms.some((form) => (holdersOf(fingerprintOf(form)) ?? []).length > 0);
}

/** Checks one token as the check form does, for the watch that has it. `check: false` only looks up the watch. */
export async function examineLeak(
  { forms }: Candidate,
  { checker }: Pick<SlackDeps, "checker">,
  holdersOf: FindHolders,
  check: boolean,
): Promise<Leak> {
  const held = forms.find((form) => (holdersOf(fingerprintOf(form)) ?? []).length > 0);
  const look = async (form: Secret): Promise<Leak> => {
    const fingerprint = fingerprintOf(form);
    const holders = holdersOf(fingerprint);
    const verdict = check ? (await checker.checkToken(form, holders?.[0])).verdict : undefined;
    return { fingerprint, tail: tailOf(form), holders, verdict };
  };
  if (held !== undefined) return look(held);
  const [first, second] = forms;
  const leak = await look(first);
  return second !== undefined && leak.verdict?.state === "invalid" ? look(second) : leak;
}
