import { usableThresholds } from "../token/expiry.ts";
import type { Policy } from "../token/policy.ts";
import type { Verdict } from "../token/verdict.ts";
import type { WatchState } from "./alert.ts";

/** The thresholds behind us count as told as soon as the nearest one is. */
export const tellThresholds = (
  told: WatchState["told"],
  verdict: Verdict,
  policy: Pick<Policy, "warnAt">,
): WatchState["told"] => {
  const { token, threshold } = verdict;
  if (token === null || threshold === null) return told;
  const usable = usableThresholds(policy.warnAt, token.expiry, token.issuedAt).map(({ text }) => text);
  const reached = usable.slice(0, usable.indexOf(threshold) + 1);
  const before = told?.fingerprint === token.fingerprint ? told.thresholds : [];
  return { fingerprint: token.fingerprint, thresholds: [...new Set([...before, ...reached])] };
};

/** True when people already heard of this verdict's threshold for this very token. */
export const wasTold = (told: WatchState["told"], verdict: Verdict): boolean =>
  verdict.threshold !== null &&
  told !== null &&
  told.fingerprint === verdict.token?.fingerprint &&
  told.thresholds.includes(verdict.threshold);
