import { describeExpiry, type Expiry, isPast } from "../../token/expiry.ts";
import { isDead } from "../../token/finding.ts";
import { pastEndText } from "../../token/past-end.ts";
import type { TokenFacts, Verdict } from "../../token/verdict.ts";
import { bold, code, literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";

/** "27 Nov 2026, 08:00 UTC (in 5 days)", "never", "not known". */
const expiryText = (expiry: Expiry, now: Date, show: ShowTime): string =>
  expiry.kind === "at" ? `${show(expiry.at)} (${describeExpiry(expiry, now)})` : describeExpiry(expiry, now);

interface Fact {
  readonly label: string;
  readonly value: string;
}

/** When it ends, ended, or would have ended had nobody ended it before. */
export const endFact = (
  { state, token }: Pick<Verdict, "state"> & { readonly token: Pick<TokenFacts, "expiry"> },
  now: Date,
  show: ShowTime,
): Fact => {
  const value = expiryText(token.expiry, now, show);
  if (state === "expired" || isPast(token.expiry, now)) return { label: "Ended", value };
  return { label: isDead(state) ? "Would have ended" : "Ends", value };
};

const field = (label: string, value: string): string => `${bold(label)}\n${value}`;

const known = (value: string | null): string => (value === null ? "not known" : code(value));

const appText = ({ appId, appName }: TokenFacts): string => {
  if (appName === null) return known(appId);
  return appId === null ? literal(appName, 80) : `${literal(appName, 80)} (${code(appId)})`;
};

const identityText = ({ fingerprint, tail }: TokenFacts): string =>
  tail === "" ? "none: too short to be a token" : `${code(fingerprint)}, ends in ${code(`…${tail}`)}`;

/** True when a call told something about the token: else all but its fingerprint would be "not known". */
export const wasAnswered = ({ state, evidence }: Pick<Verdict, "state" | "evidence">): boolean =>
  state !== "unknown" && evidence !== null;

/** What Graph told about the token, as fields in two columns; without an answer only what names it. */
export const factFields = (verdict: Verdict, now: Date, show: ShowTime): readonly string[] => {
  const { state, token } = verdict;
  if (token === null) return [];
  const identity = field("Fingerprint", identityText(token));
  if (!wasAnswered(verdict)) return [identity];
  const end = endFact({ state, token }, now, show);
  return [
    field(end.label, end.value),
    field("Issued", token.issuedAt === null ? "not known" : show(token.issuedAt)),
    field("Type", known(token.type)),
    field("App", appText(token)),
    field("User id", known(token.userId)),
    identity,
    ...(token.dataAccess.kind === "at"
      ? [field("Access to user data ends", expiryText(token.dataAccess, now, show))]
      : []),
  ];
};

/** How to get past the end of a system user's token: one line, or none. */
export const pastEndLines = (verdict: Pick<Verdict, "state" | "token" | "findings">): readonly string[] => {
  const text = pastEndText(verdict);
  return text === undefined ? [] : [text];
};
