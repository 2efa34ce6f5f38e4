import { failureReason } from "../../token/failure-reason.ts";
import type { AssetKind } from "../../token/inspection.ts";
import { unreadAssets, type UnreadAsset } from "../../token/unread.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { ShowTime } from "../moment.ts";
import { literal } from "../mrkdwn.ts";
import { callText } from "../verdict/evidence.ts";
import { SHARES } from "./shares.ts";

/** "Number 100000000002001 was not read since 8:00: Meta did not answer.", a line for each id. */
export function unreadLines(verdict: Verdict, show: ShowTime): readonly string[] {
  return unreadAssets(verdict).map((asset) => `${upper(nameOf(asset))} ${sinceText(asset, show)}: ${reasonOf(asset)}.`);
}

/** The reads that failed, by their calls; a line for each id. */
export function triedLines(verdict: Verdict, show: ShowTime): readonly string[] {
  return unreadAssets(verdict).flatMap((asset) => {
    const { evidence } = asset.failure;
    return evidence === null ? [] : [`${upper(nameOf(asset))}: tried ${show(evidence.at)} by ${callText(evidence)}.`];
  });
}

/** "Not read: number 100000000002001 (Meta did not answer)", as part of another message; a line for each id. */
export function notReadLines(verdict: Verdict): readonly string[] {
  return unreadAssets(verdict).map(({ kind, id, failure }) =>
    notReadText({ kind, id, reason: failureReason(failure) }),
  );
}

/** An id that was not read. */
interface NotRead {
  readonly kind: AssetKind;
  readonly id: string;
  readonly reason: string;
}

/** "Not read: number 100000000002001 (Meta did not answer)". */
export function notReadText({ kind, id, reason }: NotRead): string {
  return `Not read: ${nameOf({ kind, id })} (${literal(reason, SHARES.failure)})`;
}

function nameOf({ kind, id }: Pick<NotRead, "kind" | "id">): string {
  return `${kind === "phone" ? "number" : "WhatsApp account"} ${literal(id, SHARES.asset)}`;
}

function upper(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function sinceText({ unread }: UnreadAsset, show: ShowTime): string {
  const readAt = unread?.readAt ?? null;
  return readAt === null ? "was never read" : `was not read since ${show(readAt)}`;
}

function reasonOf({ failure }: UnreadAsset): string {
  return literal(failureReason(failure), SHARES.failure);
}
