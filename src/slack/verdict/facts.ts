import { describeExpiry, type Expiry } from "../../token/expiry.ts";
import type { TokenFacts } from "../../token/verdict.ts";
import { bold, code, literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";

/** "27 Nov 2026, 08:00 UTC (in 5 days)", "never", "not known". */
export const expiryText = (expiry: Expiry, now: Date, show: ShowTime): string =>
  expiry.kind === "at" ? `${show(expiry.at)} (${describeExpiry(expiry, now)})` : describeExpiry(expiry, now);

const field = (label: string, value: string): string => `${bold(label)}\n${value}`;

const known = (value: string | null): string => (value === null ? "not known" : code(value));

const appText = ({ appId, appName }: TokenFacts): string => {
  if (appName === null) return known(appId);
  return appId === null ? literal(appName, 80) : `${literal(appName, 80)} (${code(appId)})`;
};

const identityText = ({ fingerprint, tail }: TokenFacts): string =>
  tail === "" ? "none: too short to be a token" : `${code(fingerprint)}, ends in ${code(`…${tail}`)}`;

/** What Graph told about the token, as fields in two columns. */
export const factFields = (token: TokenFacts, now: Date, show: ShowTime): readonly string[] => [
  field(token.expiry.kind === "at" && token.expiry.at <= now ? "Ended" : "Ends", expiryText(token.expiry, now, show)),
  field("Issued", token.issuedAt === null ? "not known" : show(token.issuedAt)),
  field("Type", known(token.type)),
  field("App", appText(token)),
  field("User id", known(token.userId)),
  field("Fingerprint", identityText(token)),
  ...(token.dataAccess.kind === "at"
    ? [field("Access to user data ends", expiryText(token.dataAccess, now, show))]
    : []),
];
