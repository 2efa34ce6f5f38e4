import type { AssetKind, InspectionFailure } from "../../token/inspection.ts";
import { unreadAssets, type UnreadAsset } from "../../token/unread.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { ShowTime } from "../moment.ts";
import { literal } from "../mrkdwn.ts";
import { SHARES } from "./shares.ts";

/** "Number 100000000002001 was not read since 8:00: Meta did not answer.", a line for each id. */
export function unreadLines(verdict: Verdict, show: ShowTime): readonly string[] {
  return unreadAssets(verdict).map((asset) => `${nameOf(asset)} ${sinceText(asset, show)}: ${reasonOf(asset.failure)}`);
}

/** "Not read: number 100000000002001 (Meta did not answer)", as the end of another message; a line for each id. */
export function notReadLines(verdict: Verdict, max: number = SHARES.failure): readonly string[] {
  return unreadAssets(verdict).map((asset) => notReadText(asset, max));
}

/** What names an id that was not read. */
export interface NotRead {
  readonly kind: AssetKind;
  readonly id: string;
  readonly failure: Pick<InspectionFailure, "message">;
}

/** "Not read: number 100000000002001 (Meta did not answer)". */
export function notReadText({ kind, id, failure }: NotRead, max: number): string {
  const noun = kind === "phone" ? "number" : "WhatsApp account";
  return `Not read: ${noun} ${literal(id, SHARES.asset)} (${literal(failure.message, max).replace(/\.$/, "")})`;
}

function nameOf({ kind, id }: UnreadAsset): string {
  return `${kind === "phone" ? "Number" : "WhatsApp account"} ${literal(id, SHARES.asset)}`;
}

function sinceText({ unread }: UnreadAsset, show: ShowTime): string {
  const readAt = unread?.readAt ?? null;
  return readAt === null ? "was never read" : `was not read since ${show(readAt)}`;
}

function reasonOf({ message }: InspectionFailure): string {
  return literal(message, SHARES.failure);
}
