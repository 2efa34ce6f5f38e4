import type { Finding } from "./finding.ts";
import type { AssetFact } from "../inspection.ts";
import { observe } from "./observe.ts";

/** Problems that a phone number reports about itself: it belongs to another account, or it is not ready to send. */
export function numberFindings(assets: readonly AssetFact[]): readonly Finding[] {
  const number = assets.find((asset) => asset.kind === "phone" && asset.reach === "reached");
  if (number?.reach !== "reached") return [];
  const account = assets.find(({ kind }) => kind === "waba");
  return [...otherAccount(number, account), ...notRegistered(number)];
}

type Number = Extract<AssetFact, { readonly reach: "reached" }>;

/** The number's health names its accounts. With Meta's account split, there can be more than one. */
function otherAccount(number: Number, account: AssetFact | undefined): readonly Finding[] {
  const accounts = number.accounts ?? [];
  if (account === undefined || accounts.length === 0 || accounts.includes(account.id)) return [];
  const facts = { kind: "accounts", accounts, configured: account.id } as const;
  return [observe({ code: "other_account", facts, objects: [number.id] }, number.evidence)];
}

/**
 * Values of a number that cannot send (phone number reference and public clients, read 2026-11). Meta can add values,
 * so all others are accepted.
 */
const UNREGISTERED_PLATFORM = "NOT_APPLICABLE";
const UNREGISTERED_STATUSES: ReadonlySet<string> = new Set(["PENDING", "DISCONNECTED"]);

function notRegistered({ id, evidence, ...number }: Number): readonly Finding[] {
  const status = number.status !== undefined && UNREGISTERED_STATUSES.has(number.status) ? number.status : null;
  const platform = number.platform === UNREGISTERED_PLATFORM ? number.platform : null;
  if (status === null && platform === null) return [];
  const facts = { kind: "registration", status, platform } as const;
  return [observe({ code: "not_registered", facts, objects: [id] }, evidence)];
}
