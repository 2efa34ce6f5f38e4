import type { Spans } from "../../../guide/rich-text.ts";
import { type Expiry, isPast } from "../../../token/expiry.ts";
import { isDead } from "../../../token/findings/finding.ts";
import { canPassEnd } from "../../../token/past-end.ts";
import type { TokenFacts, Verdict } from "../../../token/verdict.ts";
import { words } from "../../../words/words.ts";

const { facts } = words.results;

/** One row of a result. */
export interface Fact {
  readonly label: string;
  readonly value: Spans;
}

const expiryValue = (expiry: Expiry, now: Date): Spans | undefined => {
  switch (expiry.kind) {
    case "at":
      return facts.endsAt(expiry.at, expiry.at.getTime() - now.getTime());
    case "never":
      return facts.never();
    case "not_known":
      return undefined;
  }
};

type Ending = Pick<Verdict, "state"> & { readonly token: Pick<TokenFacts, "expiry"> };

const endLabel = ({ state, token }: Ending, now: Date): string => {
  if (state === "expired") return facts.expired;
  if (isDead(state)) return facts.plannedEnd;
  return isPast(token.expiry, now) ? facts.passed : facts.ends;
};

/** When the token ends, ended, or was planned to end; undefined when the expiry is not known. */
export const endFact = (ending: Ending, now: Date): Fact | undefined =>
  factOf(endLabel(ending, now), expiryValue(ending.token.expiry, now));

/** A row with a known value; undefined when the value is not known. */
const factOf = (label: string, value: Spans | undefined): Fact | undefined =>
  value === undefined ? undefined : { label, value };

const appValue = ({ appId, appName }: TokenFacts): Spans | undefined => {
  if (appName !== null) return facts.appNamed(appName, appId);
  return appId === null ? undefined : facts.value(appId);
};

const valueOf = (value: string | null): Spans | undefined => (value === null ? undefined : facts.value(value));

/** A value that is too short to be a token has no tail, and the row is left out. */
const identityValue = ({ fingerprint, tail }: TokenFacts): Spans | undefined =>
  tail === "" ? undefined : facts.identity(fingerprint, tail);

/** True when a call returned facts about the token. Otherwise only its fingerprint is known. */
export const wasAnswered = ({ state, evidence }: Pick<Verdict, "state" | "evidence">): boolean =>
  state !== "unknown" && evidence !== null;

/** The known facts about the token. Unknown values have no row. */
export const factsOf = (verdict: Verdict, now: Date): readonly Fact[] => {
  const { state, token } = verdict;
  if (token === null) return [];
  const identity = factOf(facts.fingerprint, identityValue(token));
  const known = wasAnswered(verdict)
    ? [
        endFact({ state, token }, now),
        factOf(facts.issued, token.issuedAt === null ? undefined : facts.at(token.issuedAt)),
        factOf(facts.type, valueOf(token.type)),
        factOf(facts.app, appValue(token)),
        factOf(facts.userId, valueOf(token.userId)),
        identity,
        token.dataAccess.kind === "at" ? factOf(facts.dataAccessEnds, expiryValue(token.dataAccess, now)) : undefined,
      ]
    : [identity];
  return known.filter((fact) => fact !== undefined);
};

/** How to avoid the expiry of a system user's token: one line, or none. */
export const pastEndLines = (verdict: Pick<Verdict, "state" | "token" | "findings">): readonly Spans[] =>
  canPassEnd(verdict) ? [words.caveats.passEnd] : [];
