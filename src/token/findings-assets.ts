import type { Finding, FindingCode } from "./finding.ts";
import type { AssetFact, AssetKind } from "./inspection.ts";
import { observe } from "./observe.ts";

const ASSETS: Record<AssetKind, { readonly code: FindingCode; readonly noun: string; readonly variable: string }> = {
  phone: { code: "phone_unreachable", noun: "phone number", variable: "WHATSAPP_PHONE_NUMBER_ID" },
  waba: { code: "waba_unreachable", noun: "WhatsApp account", variable: "WHATSAPP_BUSINESS_ACCOUNT_ID" },
};

/** Meta's own words, when there are any, as the end of a sentence of ours. */
const inMetasWords = (text: string): string => (text === "" ? "." : `: ${text}${/[.!?…]$/.test(text) ? "" : "."}`);

/** Assets that a live read was refused. */
export const reachFindings = (assets: readonly AssetFact[]): readonly Finding[] =>
  assets
    .filter((asset) => asset.reach === "refused")
    .map((asset) => {
      const { code, noun, variable } = ASSETS[asset.kind];
      return observe(
        {
          code,
          severity: "critical",
          message: `Meta refuses this token the ${noun} ${asset.id}${inMetasWords(asset.error.message)}`,
          remedy: `Assign the WhatsApp account to the system user and generate a new token; also check that ${variable} is the id of a ${noun}.`,
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
