import { ID_SETTINGS, isOtherKind } from "./asset-words.ts";
import type { Finding } from "./finding.ts";
import type { AssetFact } from "./inspection.ts";
import { observe } from "./observe.ts";

/** What a phone number that was reached says about itself: another account, or not ready to send. */
export const numberFindings = (assets: readonly AssetFact[]): readonly Finding[] => {
  const number = assets.find((asset) => asset.kind === "phone" && asset.reach === "reached");
  if (number?.reach !== "reached") return [];
  const account = assets.find(({ kind }) => kind === "waba");
  return [...otherAccount(number, account), ...notRegistered(number)];
};

type Number = Extract<AssetFact, { readonly reach: "reached" }>;

/** Its health names the accounts it belongs to; with Meta's account split there may be more than one. */
const otherAccount = (number: Number, account: AssetFact | undefined): readonly Finding[] => {
  const accounts = number.accounts ?? [];
  if (account === undefined || accounts.length === 0 || accounts.includes(account.id)) return [];
  return [
    observe(
      {
        code: "other_account",
        severity: "warning",
        message: `Meta reports that the phone number ${number.id} belongs to the WhatsApp account ${accounts.join(", ")}, not to ${account.id}.`,
        // An id that is no account's is the wrong one of the two, and Meta has just named the right one.
        remedy: isOtherKind(account)
          ? `Set ${ID_SETTINGS.waba} to ${accounts.join(" or ")}.`
          : `Check which of the two ids is wrong: ${ID_SETTINGS.phone} or ${ID_SETTINGS.waba}.`,
        objects: [number.id],
      },
      number.evidence,
    ),
  ];
};

/** Values of a number that cannot send (phone number reference and public clients, read 2026-11); others are open sets. */
const UNREGISTERED_PLATFORM = "NOT_APPLICABLE";
const UNREGISTERED_STATUSES: ReadonlySet<string> = new Set(["PENDING", "DISCONNECTED"]);

const notRegistered = ({ id, status, platform, evidence }: Number): readonly Finding[] => {
  const reports = [
    ...(status !== undefined && UNREGISTERED_STATUSES.has(status) ? [`status ${status}`] : []),
    ...(platform === UNREGISTERED_PLATFORM ? [`platform type ${platform}`] : []),
  ];
  if (reports.length === 0) return [];
  return [
    observe(
      {
        code: "not_registered",
        severity: "warning",
        message: `The phone number ${id} is not registered for the Cloud API: Meta reports ${reports.join(" and ")}.`,
        remedy: "Register the number in WhatsApp Manager, or with the API call /register and its two-step PIN.",
        objects: [id],
      },
      evidence,
    ),
  ];
};
