import { ALWAYS_GRANTED } from "../../token/always-granted.ts";
import { isPast } from "../../token/expiry.ts";
import { type Finding, isCritical } from "../../token/findings/finding.ts";
import type { TokenFacts, Verdict } from "../../token/verdict.ts";
import type { Detail } from "../detail.ts";
import type { Way } from "../renewal.ts";

/** A new token, the old one, and what the watch needs. */
export interface Candidate {
  readonly way: Way;
  /** Of the new token, under the requirements of the watch. */
  readonly verdict: Verdict;
  /** Of the token in the source before the new one was obtained. Null when the source gave none. */
  readonly old: Verdict | null;
  /** The fingerprint of the token that the new one replaces. Null when the watch had none. */
  readonly replaces: string | null;
  /** The configured IDs of phone number and WhatsApp account. Each must be reached. */
  readonly ids: readonly string[];
  /** The app that the token must belong to. */
  readonly appId: string;
  /** True when a person confirmed that a given token may end sooner than the old one. */
  readonly acceptSooner: boolean;
  /** The last fingerprint of every watch that saves its token elsewhere, by name. */
  readonly others: ReadonlyMap<string, string>;
  /** The sentence of a finding. */
  readonly textOf: (finding: Finding, verdict: Verdict) => string;
}

/** The result of the step `test`. */
export type Tested = { readonly state: "done" | "failed"; readonly detail: Detail };

/**
 * Whether a new token may replace the old one. Pure. An unknown fact never counts as passed. A dead old token is never
 * compared.
 */
export function testToken(candidate: Candidate): Tested {
  const detail = mistake(candidate) ?? problem(candidate) ?? loss(candidate);
  return detail === null ? { state: "done", detail: { kind: "tested" } } : { state: "failed", detail };
}

/** True when the test failed only because Meta did not answer. */
export function isUntested({ detail }: Pick<Tested, "detail">): boolean {
  return detail.kind === "not_tested" || detail.kind === "type_not_known" || detail.kind === "end_not_known";
}

/** A person pasted a token that cannot be the new one, whatever Meta says about it. */
function mistake({ way, verdict, old, replaces, others }: Candidate): Detail | null {
  const fingerprint = verdict.token?.fingerprint ?? "";
  if (way !== "given" || fingerprint === "") return null;
  if (fingerprint === replaces) return { kind: "same_token" };
  // A person saved it already, so this watch uses it too.
  if (fingerprint === old?.token?.fingerprint) return null;
  const watch = [...others].find(([, used]) => used === fingerprint)?.[0];
  return watch === undefined ? null : { kind: "token_of_watch", watch };
}

/** The token alone does not meet the requirements. */
function problem({ verdict, ids, appId, textOf }: Candidate): Detail | null {
  const { state, alive, findings, failure, token, assets, checkedAt } = verdict;
  if (state === "unknown") return notTested(failure?.message ?? "Meta did not answer.");
  const critical = findings.filter(isCritical);
  if (critical.length > 0)
    return {
      kind: "findings",
      codes: critical.map(({ code }) => code),
      texts: critical.map((finding) => textOf(finding, verdict)),
    };
  if (alive !== true || token === null) return notTested("Meta did not say that the new token is alive.");
  if (token.appId !== appId) return notTested(`Meta did not say that the new token belongs to the app ${appId}.`);
  const reads = ids.map((id) => ({ id, asset: assets.find((asset) => asset.id === id) }));
  const refused = reads.filter(({ asset }) => asset?.reach === "refused");
  if (refused.length > 0) return { kind: "not_reached", ids: refused.map(({ id }) => id) };
  const unread = reads.find(({ asset }) => asset?.reach !== "reached");
  if (unread !== undefined)
    return notTested(
      unread.asset?.failure?.message ?? `Meta did not say whether the new token reaches the ID ${unread.id}.`,
    );
  if (token.type === null) return { kind: "type_not_known" };
  if (token.expiry.kind === "not_known") return { kind: "end_not_known" };
  return isPast(token.expiry, checkedAt) ? { kind: "ends_not_later" } : null;
}

/** The new token is fine, but the old one can do more or lasts longer. */
function loss({ way, verdict, old, acceptSooner }: Candidate): Detail | null {
  if (old === null) return null;
  if (old.state === "unknown") return notTested(old.failure?.message ?? "Meta did not answer for the old token.");
  // A dead token and a token of another app have nothing to lose.
  if (old.alive !== true || old.token === null || verdict.token === null) return null;
  return permissionLoss(old.token, verdict.token) ?? timeLoss(way, old.token, verdict.token, acceptSooner);
}

function permissionLoss(old: TokenFacts, { scopes }: TokenFacts): Detail | null {
  if (old.scopes === null) return notTested("Meta did not list the permissions of the old token.");
  if (scopes === null) return notTested("Meta did not list the permissions of the new token.");
  const lost = old.scopes.filter((scope) => scope !== ALWAYS_GRANTED && !scopes.includes(scope));
  return lost.length === 0 ? null : { kind: "permissions_lost", scopes: lost };
}

function timeLoss(way: Way, old: TokenFacts, { expiry }: TokenFacts, acceptSooner: boolean): Detail | null {
  const oldEnd = endOf(old);
  const newEnd = expiry.kind === "at" ? expiry.at.getTime() : Infinity;
  if (way === "refresh") {
    if (oldEnd === undefined) return notTested("Meta did not say when the old token ends.");
    return newEnd > oldEnd ? null : { kind: "ends_not_later" };
  }
  if (acceptSooner) return null;
  if (oldEnd === undefined && newEnd !== Infinity) return notTested("Meta did not say when the old token ends.");
  return oldEnd !== undefined && newEnd < oldEnd ? { kind: "ends_sooner" } : null;
}

/** Milliseconds since the epoch. Undefined when it is not known. */
function endOf({ expiry }: TokenFacts): number | undefined {
  switch (expiry.kind) {
    case "at":
      return expiry.at.getTime();
    case "never":
      return Infinity;
    case "not_known":
      return undefined;
  }
}

function notTested(message: string): Detail {
  return { kind: "not_tested", message };
}
