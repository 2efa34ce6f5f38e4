import { HOUR_MS } from "../token/duration.ts";
import { CATALOGUE } from "../token/findings/catalogue.ts";
import { isFindingCode } from "../token/findings/finding.ts";
import type { AssetFact, AssetKind, Needs } from "../token/inspection.ts";
import { ageMs } from "../token/set-back.ts";
import type { AssetVerdict, Verdict } from "../token/verdict.ts";
import type { WatchState } from "../alert/alert.ts";

/**
 * The reads of the previous check as facts, for a check that need not read again. Undefined when only new reads count:
 * for another token or other IDs, when a read is an hour old, after a check without an answer, and while there is a
 * problem that a read can prove, because only a new read shows that it is over.
 */
export function earlierReadsOf(
  remembered: Pick<WatchState, "verdict" | "failing"> | undefined,
  needs: Pick<Needs, "phoneNumberId" | "whatsappBusinessAccountId">,
  fingerprint: string,
  now: Date,
): readonly AssetFact[] | undefined {
  const previous = remembered?.verdict;
  if (!previous || remembered.failing !== null) return undefined;
  if (previous.token?.fingerprint !== fingerprint || !concernsOnlyToken(previous)) return undefined;
  const wanted: readonly (readonly [AssetKind, string | undefined])[] = [
    ["phone", needs.phoneNumberId],
    ["waba", needs.whatsappBusinessAccountId],
  ];
  const facts = wanted.flatMap(([kind, id]) => {
    if (id === undefined) return [];
    const asset = previous.assets.find((known) => known.kind === kind && known.id === id);
    return [asset && factOf(asset, asset.readAt ?? previous.checkedAt, now)];
  });
  return facts.every((fact) => fact !== undefined) ? facts : undefined;
}

/** Meta counts the calls of one hour. */
const OLDEST_MS = HOUR_MS;

/** True when no finding comes from a read of an ID, and the token works. */
function concernsOnlyToken({ state, findings }: Verdict): boolean {
  return (
    (state === "healthy" || state === "expiring") &&
    findings.every(({ code }) => isFindingCode(code) && PROVED_BY_TOKEN.includes(CATALOGUE[code].provedBy))
  );
}

const PROVED_BY_TOKEN: readonly string[] = ["token", "scopes"];

/** Undefined when the read is too old or did not reach the ID. */
function factOf({ kind, id, name, reach, sending }: AssetVerdict, readAt: Date, now: Date): AssetFact | undefined {
  if (reach !== "reached" || ageMs(readAt, now) >= OLDEST_MS) return undefined;
  return { kind, id, reach, name, sending, obstacles: [], evidence: null, readAt };
}
