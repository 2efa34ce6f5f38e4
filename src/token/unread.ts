import type { AssetKind, InspectionFailure } from "./inspection.ts";
import { notAfter } from "./set-back.ts";
import type { AssetVerdict, Unread, Verdict } from "./verdict.ts";

/** A configured ID whose read failed. */
export type UnreadAsset = AssetVerdict & { readonly failure: InspectionFailure };

/** The configured IDs that a live token could not read. Empty for a dead token, whose reads are not made. */
export function unreadAssets({ assets, alive }: Pick<Verdict, "assets" | "alive">): readonly UnreadAsset[] {
  return alive === true ? assets.filter(isUnread) : [];
}

/** The IDs that have been unread for so long that people must know. */
export function lastingUnread(verdict: Pick<Verdict, "assets" | "alive">): readonly UnreadAsset[] {
  return unreadAssets(verdict).filter(({ unread }) => unread?.lasting === true);
}

/** True when the token is alive and the read of an ID failed. The check then proves only that the token is alive. */
export function isPartlyChecked(verdict: Pick<Verdict, "assets" | "alive">): boolean {
  return unreadAssets(verdict).length > 0;
}

/** How many reads in a row must fail, and for how long, before people must know. Both limits must be reached. */
export interface Patience {
  readonly tries: number;
  readonly forMs: number;
}

/**
 * Counts the failed reads of each ID, continued from the previous verdict. A read that was not made (the token was
 * dead) neither adds to the count nor resets it.
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
  const began = known === undefined || known.tries === 0 ? now : notAfter(known.since, now);
  const waited = tries >= patience.tries && now.getTime() - began.getTime() >= patience.forMs;
  const lasting = known?.lasting === true || waited;
  return { ...asset, unread: { since: began, tries, readAt: known?.readAt ?? null, lasting } };
}

/**
 * The count of failed reads so far. Zero when the previous read had an answer. Undefined when there is no count yet.
 */
function knownOf(before: Verdict | null, kind: AssetKind, id: string): Unread | undefined {
  const asset = before?.assets.find((other) => other.kind === kind && other.id === id);
  if (before === null || asset === undefined) return undefined;
  if (asset.reach === "not_known") return asset.unread;
  const readAt = asset.readAt ?? before.checkedAt;
  return { since: readAt, tries: 0, readAt, lasting: false };
}
