import type { Finding, FindingCode } from "./finding.ts";
import type { AssetFact, AssetKind, GraphError } from "./inspection.ts";
import { observe } from "./observe.ts";

const ASSETS: Record<AssetKind, { readonly code: FindingCode; readonly noun: string }> = {
  phone: { code: "phone_unreachable", noun: "phone number" },
  waba: { code: "waba_unreachable", noun: "WhatsApp account" },
};

/** The account is blocked or locked for its conduct (Cloud API error codes, read 2026-11); no token helps. */
const RESTRICTED: ReadonlySet<number | null> = new Set([368, 131031]);

/** A number that was deleted (the same page). */
const DELETED = 33;

/** Session codes: a live read calls the token dead that `/debug_token` calls alive. */
const DEAD: ReadonlySet<number | null> = new Set([190, 102]);

/** Why Meta refuses, in plain words: its own sentences speak of objects, requests and documentation. */
const reasonOf = ({ code }: GraphError): string => {
  if (RESTRICTED.has(code)) return "Meta has restricted the account";
  if (DEAD.has(code)) return "Meta calls the token dead there, though its own debugger calls it alive";
  if (code === DELETED) return "Meta says that the number was deleted";
  if (code === 100) return "Meta says that it does not exist, or that the token has no access to it";
  return "Meta says that a permission for it is missing";
};

/** The same words for a number and its account: when both are out of reach, people are told once. */
const remedyOf = ({ code }: GraphError): string => {
  if (RESTRICTED.has(code)) return "Open WhatsApp Manager and solve what Meta names there; a new token does not help.";
  if (DEAD.has(code)) return "Generate a new token for the system user and put it in the app's environment.";
  return (
    "Assign the WhatsApp account to the system user and generate a new token; also check the ids that are set for the " +
    "phone number and the account (WHATSAPP_PHONE_NUMBER_ID, WHATSAPP_BUSINESS_ACCOUNT_ID or the watchlist)."
  );
};

/** Assets that a live read was refused. */
export const reachFindings = (assets: readonly AssetFact[]): readonly Finding[] =>
  assets
    .filter((asset) => asset.reach === "refused")
    .map((asset) => {
      const { code, noun } = ASSETS[asset.kind];
      return observe(
        {
          code,
          severity: "critical",
          message: `This token cannot reach the ${noun} ${asset.id}. ${reasonOf(asset.error)}.`,
          remedy: remedyOf(asset.error),
          objects: [asset.id],
        },
        asset.evidence,
      );
    });

/** What Meta says about sending with the assets that were reached. */
export const sendingFindings = (assets: readonly AssetFact[]): readonly Finding[] => {
  const reached = assets.filter((asset) => asset.reach === "reached");
  const about = (sending: "blocked" | "limited") => reached.filter((asset) => asset.sending === sending);
  const blocked = about("blocked");
  const limited = about("limited");
  const why = (found: typeof reached): string => {
    const texts = [...new Set(found.flatMap((asset) => asset.obstacles))];
    return texts.length === 0 ? "Meta gave no reason." : texts.join(" ");
  };
  const findings: Finding[] = [];
  if (blocked.length > 0)
    findings.push(
      observe(
        {
          code: "sending_blocked",
          severity: "critical",
          message: `The token itself is fine, but Meta blocks sending. ${why(blocked)}`,
          remedy: "Open WhatsApp Manager and solve what Meta names there; a new token does not help.",
          objects: blocked.map((asset) => asset.id),
        },
        blocked[0]?.evidence ?? null,
      ),
    );
  if (limited.length > 0)
    findings.push(
      observe(
        {
          code: "sending_limited",
          severity: "info",
          message: `Meta limits sending. ${why(limited)}`,
          remedy: "Open WhatsApp Manager to see the limit; a new token does not help.",
          objects: limited.map((asset) => asset.id),
        },
        limited[0]?.evidence ?? null,
      ),
    );
  return findings;
};
