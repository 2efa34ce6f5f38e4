import type { Spans } from "../../../guide/rich-text.ts";
import { type Expiry, isPast } from "../../../token/expiry.ts";
import { isDead } from "../../../token/findings/finding.ts";
import { canPassEnd } from "../../../token/past-end.ts";
import type { TokenFacts, Verdict } from "../../../token/verdict.ts";
import { words } from "../../../words/words.ts";
import { isEndInCause } from "./cause.ts";

/** One row of a result. */
export interface Fact {
  readonly label: string;
  readonly value: Spans;
}

/** When the token ends, ended, or was planned to end; undefined when the expiry is not known. */
export function endFact(ending: Ending, now: Date): Fact | undefined {
  return factOf(endLabel(ending, now), expiryValue(ending.token.expiry, now));
}

/** True when a call returned facts about the token. Otherwise only its fingerprint is known. */
export function wasAnswered({ state, evidence }: Pick<Verdict, "state" | "evidence">): boolean {
  return state !== "unknown" && evidence !== null;
}

/** The known facts about the token. Unknown values have no row, and an end that the cause gives has none either. */
export function factsOf(verdict: Verdict, now: Date): readonly Fact[] {
  const { state, token } = verdict;
  if (token === null) return [];
  const identity = factOf(facts.fingerprint, identityValue(token));
  const known = wasAnswered(verdict)
    ? [
        isEndInCause(verdict) ? undefined : endFact({ state, token }, now),
        factOf(facts.issued, token.issuedAt === null ? undefined : facts.at(token.issuedAt)),
        factOf(facts.type, valueOf(token.type)),
        factOf(facts.app, appValue(token)),
        factOf(facts.userId, valueOf(token.userId)),
        identity,
        token.dataAccess.kind === "at" ? factOf(facts.dataAccessEnds, expiryValue(token.dataAccess, now)) : undefined,
      ]
    : [identity];
  return known.filter((fact) => fact !== undefined);
}

/** How to avoid the expiry of a system user's token: one line, or none. */
export function pastEndLines(verdict: Pick<Verdict, "state" | "token" | "findings">): readonly Spans[] {
  return canPassEnd(verdict) ? [words.caveats.passEnd] : [];
}

const { facts } = words.results;

function expiryValue(expiry: Expiry, now: Date): Spans | undefined {
  switch (expiry.kind) {
    case "at":
      return facts.endsAt(expiry.at, expiry.at.getTime() - now.getTime());
    case "never":
      return facts.never();
    case "not_known":
      return undefined;
  }
}

type Ending = Pick<Verdict, "state"> & { readonly token: Pick<TokenFacts, "expiry"> };

function endLabel({ state, token }: Ending, now: Date): string {
  if (state === "expired") return facts.expired;
  if (isDead(state)) return facts.plannedEnd;
  return isPast(token.expiry, now) ? facts.passed : facts.ends;
}

/** A row with a known value; undefined when the value is not known. */
function factOf(label: string, value: Spans | undefined): Fact | undefined {
  return value === undefined ? undefined : { label, value };
}

function appValue({ appId, appName }: TokenFacts): Spans | undefined {
  if (appName !== null) return facts.appNamed(appName, appId);
  return appId === null ? undefined : facts.value(appId);
}

function valueOf(value: string | null): Spans | undefined {
  return value === null ? undefined : facts.value(value);
}

/** A value that is too short to be a token has no tail, and the row is left out. */
function identityValue({ fingerprint, tail }: TokenFacts): Spans | undefined {
  return tail === "" ? undefined : facts.identity(fingerprint, tail);
}
