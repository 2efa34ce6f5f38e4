import { isDead, stateCausedBy } from "../token/findings/finding.ts";
import { unreadAssets } from "../token/unread.ts";
import type { Alert, Matter } from "./alert.ts";

/** Identifies the problem of an alert. Two alerts of one watch with the same matter are about one problem. */
export function matterOf({ kind, verdict, failing }: Pick<Alert, "kind" | "verdict" | "failing">): Matter {
  if (kind === "not_checked" && failing !== null) return { fingerprint: null, codes: [failing.failure.kind] };
  if (verdict === null) return { fingerprint: null, codes: [] };
  const fingerprint = verdict.token?.fingerprint ?? null;
  if (kind === "not_checked")
    return {
      fingerprint,
      codes: unreadAssets(verdict)
        .map(({ id }) => id)
        .toSorted(),
    };
  const making = verdict.findings.filter((finding) => stateCausedBy(finding) !== null).map(({ code }) => code);
  // Meta may report the same dead token as revoked today and as expired tomorrow.
  return { fingerprint, codes: isDead(verdict.state) ? ["dead"] : making.toSorted() };
}

export function isSameMatter(a: Matter, b: Matter): boolean {
  return a.fingerprint === b.fingerprint && a.codes.join() === b.codes.join();
}
