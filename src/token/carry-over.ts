import { CATALOGUE } from "./findings/catalogue.ts";
import { bySeverity, type Finding, findingOf, isDead, isFindingCode, worstState } from "./findings/finding.ts";
import { READING_SCOPE } from "./findings/findings-scopes.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Adds the previous findings that this check could not repeat. Each one gets the time when it was last proved. Only an
 * answer removes a finding: a failed call does not show that the problem is gone. Asset names also stay known, even for
 * a dead token. An `unknown` verdict is returned unchanged.
 */
export function carryOver(previous: Verdict | null, answered: Verdict): Verdict {
  if (previous === null || answered.state === "unknown") return answered;
  const next = keepNames(previous, answered);
  if (isDead(next.state)) return next;
  const carried = previous.findings.flatMap((finding): Finding[] => {
    const objects = stillOpen(finding, previous, next);
    const notRecheckedSince = finding.notRecheckedSince ?? finding.evidence?.at ?? previous.checkedAt;
    return objects === undefined ? [] : [{ ...finding, objects, notRecheckedSince }];
  });
  if (carried.length === 0) return next;
  const findings = merge(next.findings, carried);
  const threshold = next.threshold ?? (carried.some((f) => f.code === "expires_soon") ? previous.threshold : null);
  const state = worstState(findings);
  const evidence = findingOf(state, findings)?.evidence ?? next.evidence;
  return { ...next, findings, threshold, state, evidence };
}

/**
 * The objects of a previous finding that `next` gives no answer about. Undefined when `next` answers the finding, or
 * when the finding no longer applies.
 */
function stillOpen(finding: Finding, previous: Verdict, next: Verdict): readonly string[] | undefined {
  const sameToken = previous.token?.fingerprint === next.token?.fingerprint;
  const assetsWithout = (answered: (asset: Verdict["assets"][number]) => boolean): readonly string[] | undefined => {
    const open = finding.objects.filter((id) => next.assets.some((asset) => asset.id === id && !answered(asset)));
    return open.length > 0 ? open : undefined;
  };
  // Nobody acts on information, so it may disappear. A code that a newer version stored has no rule here.
  if (finding.severity === "info" || !isFindingCode(finding.code)) return undefined;
  switch (CATALOGUE[finding.code].provedBy) {
    case "scopes":
      return unjudgedScopes(finding.objects, next);
    case "app":
      return next.token?.appId === null ? finding.objects : undefined;
    case "token": {
      // The call answered, but perhaps without the date. A new token has its own date.
      const isOpen = finding.code === "expires_soon" && sameToken && next.token?.expiry.kind === "not_known";
      return isOpen ? finding.objects : undefined;
    }
    case "phone":
      // Without a configured account, the number cannot belong to another one.
      return finding.code === "other_account" && next.assets.every(({ kind }) => kind !== "waba")
        ? undefined
        : assetsWithout((asset) => asset.kind !== "phone" || asset.reach !== "not_known");
    case "waba":
      return assetsWithout((asset) => asset.kind !== "waba" || asset.reach !== "not_known");
    case "asset":
      return assetsWithout((asset) => asset.reach !== "not_known");
    case "health":
      return assetsWithout((asset) => asset.reach === "refused" || asset.sending !== null);
    case "nothing":
    case "failed_call":
      return undefined;
  }
}

/**
 * The missing scopes that `next` could not judge. Without a list of scopes, this is every scope. Live reads judge
 * `READING_SCOPE`. It stays open when `next` did not decide about it and a read did not succeed.
 */
function unjudgedScopes(scopes: readonly string[], { token, assets }: Verdict): readonly string[] | undefined {
  if (token === null || token.scopes === null) return scopes;
  const known = [...token.scopes, ...token.missingScopes];
  const isOpen = !known.includes(READING_SCOPE) && assets.some(({ reach }) => reach !== "reached");
  const open = scopes.filter((scope) => isOpen && scope === READING_SCOPE);
  return open.length > 0 ? open : undefined;
}

function merge(fresh: readonly Finding[], carried: readonly Finding[]): readonly Finding[] {
  const merged = fresh.map((finding) => {
    const twin = carried.find((other) => other.code === finding.code);
    return twin === undefined ? finding : { ...finding, objects: [...new Set([...finding.objects, ...twin.objects])] };
  });
  const added = carried.filter((finding) => !fresh.some((other) => other.code === finding.code));
  return [...merged, ...added].toSorted(bySeverity);
}

/** Keeps the previous name of an asset when this check read none. A name belongs to the asset, not to the token. */
function keepNames(previous: Verdict, next: Verdict): Verdict {
  const nameOf = ({ kind, id }: Verdict["assets"][number]): string | null =>
    previous.assets.find((asset) => asset.kind === kind && asset.id === id)?.name ?? null;
  if (next.assets.every((asset) => asset.name !== null || nameOf(asset) === null)) return next;
  return { ...next, assets: next.assets.map((asset) => ({ ...asset, name: asset.name ?? nameOf(asset) })) };
}
