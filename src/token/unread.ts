import type { AssetKind, InspectionFailure } from "./inspection.ts";
import type { AssetVerdict, Unread, Verdict } from "./verdict.ts";

/** A configured id whose read was made and gave no answer. */
export type UnreadAsset = AssetVerdict & { readonly failure: InspectionFailure };

/** The configured ids that a live token could not be used to read. None for a dead token: its reads are not made. */
export function unreadAssets({ assets, alive }: Pick<Verdict, "assets" | "alive">): readonly UnreadAsset[] {
  return alive === true ? assets.filter(isUnread) : [];
}

/** Those that were not read for so long that people must know. */
export function lastingUnread(verdict: Pick<Verdict, "assets" | "alive">): readonly UnreadAsset[] {
  return unreadAssets(verdict).filter(({ unread }) => unread?.lasting === true);
}

/** True when the token is alive and some configured id was not read: no more than "alive" is known then. */
export function isPartlyChecked(verdict: Pick<Verdict, "assets" | "alive">): boolean {
  return unreadAssets(verdict).length > 0;
}

/** When so many failed reads in a row, over so long a time, must be told. */
export interface Patience {
  readonly tries: number;
  readonly forMs: number;
}

/**
 * The verdict with the count of failed reads of each id, continued from the verdict before it. A read that was not made
 * (the token was dead) neither counts nor ends the count.
 */
export function countUnread(before: Verdict | null, next: Verdict, patience: Patience, now: Date): Verdict {
  if (next.assets.every(({ reach }) => reach !== "not_known")) return next;
  return { ...next, assets: next.assets.map((asset) => counted(before, asset, patience, now)) };
}

function isUnread(asset: AssetVerdict): asset is UnreadAsset {
  return asset.reach === "not_known" && asset.failure !== null;
}

function counted(before: Verdict | null, asset: AssetVerdict, patience: Patience, now: Date): AssetVerdict {
  if (asset.reach !== "not_known") return asset;
  const known = knownOf(before, asset.kind, asset.id);
  if (!isUnread(asset)) return { ...asset, unread: known };
  const tries = (known?.tries ?? 0) + 1;
  const began = known === undefined || known.tries === 0 || known.since > now ? now : known.since;
  const waited = tries >= patience.tries && now.getTime() - began.getTime() >= patience.forMs;
  const lasting = known?.lasting === true || waited;
  return { ...asset, unread: { since: began, tries, readAt: known?.readAt ?? null, lasting } };
}

/** What is remembered of an id; undefined when nothing is. */
function knownOf(before: Verdict | null, kind: AssetKind, id: string): Unread | undefined {
  const asset = before?.assets.find((other) => other.kind === kind && other.id === id);
  if (before === null || asset === undefined) return undefined;
  if (asset.reach === "not_known") return asset.unread;
  return { since: before.checkedAt, tries: 0, readAt: before.checkedAt, lasting: false };
}
