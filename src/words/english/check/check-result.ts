import { code, date, rich, type Spans } from "../../../guide/rich-text.ts";
import { caveatsOf } from "../../../token/caveats.ts";
import { describeExpiry, type Expiry, isPast } from "../../../token/expiry.ts";
import { findingOf, isDead } from "../../../token/findings/finding.ts";
import type { AssetKind } from "../../../token/inspection.ts";
import { utcText } from "../../../token/moment.ts";
import type { AssetVerdict, TokenFacts, Verdict } from "../../../token/verdict.ts";
import { capital } from "../../joined.ts";
import { foreign, sentences } from "../../values.ts";
import { sendingReports } from "../assets.ts";
import { caveats } from "../caveats.ts";
import { findings } from "../findings.ts";
import { results } from "./results.ts";
import { notFullyChecked } from "../states.ts";

const NOTHING_CHECKED = "Nothing was checked.";

const PIPE_IN = "Pipe the token in, for example: pass show whatsapp | wa-token check --stdin";

/** The result of `check` in a terminal. */
export const checkResult = {
  /** Replaces "healthy" when a configured ID was not read. */
  notFullyChecked: notFullyChecked.toUpperCase(),

  /** The answer in one line, after the state word: does the token work, why not, and which parts were not checked. */
  headline(verdict: Verdict): Spans {
    return sentences(outcomeOf(verdict), caveats.texts(caveatsOf(verdict)));
  },

  /** For a healthy token. Says only "alive" when something was not checked. */
  healthy(verdict: Verdict, past: boolean): Spans {
    return caveatsOf(verdict).unchecked.length > 0 ? results.isAlive(past) : results.works(past);
  },

  labels: {
    checked: "Checked",
    notChecked: "Not checked",
    token: "Token",
    type: "Type",
    app: "App",
    user: "User ID",
    issued: "Issued",
    dataAccess: "Data access",
    permissions: "Permissions",
    reach: "Reach",
    evidence: "Evidence",
    step: "Do this",
    afterwards: "Afterwards",
    guide: "Guide",
    seen: "Seen in",
  },

  assets: { phone: "Phone number", waba: "Account" } satisfies Readonly<Record<AssetKind, string>>,

  /** A token that was revoked before its expiry date does not expire on that date. */
  endLabel({ expiry }: TokenFacts, { state, checkedAt }: Verdict): string {
    const { facts } = results;
    if (state === "expired") return facts.expired;
    // Shorter than "Planned expiry", so that it fits the column of labels.
    if (isDead(state)) return "Old expiry";
    return isPast(expiry, checkedAt) ? facts.passed : facts.ends;
  },

  end(expiry: Expiry, now: Date): Spans {
    return expiry.kind === "at"
      ? rich`${describeExpiry(expiry, now)}, on ${date(expiry.at)}`
      : rich`${describeExpiry(expiry, now)}`;
  },

  dataAccess(expiry: Expiry, now: Date): Spans {
    return rich`${isPast(expiry, now) ? "ended" : "ends"} ${checkResult.end(expiry, now)}`;
  },

  scope: { had: "had", missing: "missing", present: "present", extra: "not needed", none: "none" },

  /** Whether an ID was read, and whether Meta blocks sending there. */
  asset(asset: AssetVerdict, dead: boolean): Spans {
    const { name, id, sending, failure } = asset;
    const who = name === null ? rich`${foreign(id, 60)}` : rich`${foreign(name, 100)} (ID ${foreign(id, 60)})`;
    if (dead) return rich`${who}: not checked, because the token is dead`;
    if (failure !== null) return rich`${who}: not checked. ${failure.message}`;
    return sentences(
      rich`${who}: ${REACH[asset.reach]}${sending === null ? "" : "."}`,
      sending === null ? [] : sendingReports[sending],
    );
  },

  /** When no ID is configured. */
  notTested: rich`not tested. Set ${code("WHATSAPP_PHONE_NUMBER_ID")} or ${code("WHATSAPP_BUSINESS_ACCOUNT_ID")}, or choose a watch that has IDs with ${code("--watch")}.`,

  /** The evidence for a value that cannot be a token. */
  shapeOnly: (checkedAt: Date): Spans => rich`the shape of the value, without a call to Meta, at ${date(checkedAt)}`,

  /** Why the check stopped before it had a token, and what to do. */
  nothingChecked: {
    empty: `Standard input is empty. ${NOTHING_CHECKED} ${PIPE_IN}`,
    blank: `Standard input contains only spaces or line breaks. ${NOTHING_CHECKED} ${PIPE_IN}`,
    notPasted: `No token was pasted. ${NOTHING_CHECKED} Run this again and paste the token.`,
    utf16: `Standard input is UTF-16 text. ${NOTHING_CHECKED} Pipe it in as UTF-8, for example through iconv -f UTF-16 -t UTF-8.`,
    clock: (at: Date): string =>
      `This machine's clock says ${utcText(at)}, so it was never set. ${NOTHING_CHECKED} Set the clock (NTP) and run this again.`,
  },

  /** The command that prints the helpful guide topic. */
  guide(topic: string, watch: string | undefined): Spans {
    const words = topic.replaceAll("-", " ");
    return rich`wa-token guide ${watch === undefined ? "" : `--watch ${watch} `}${words}`;
  },

  /** With `--min-days`. */
  noExpiryDate: "The expiry of the token is not known, so --min-days cannot be checked.",
};

const REACH: Readonly<Record<AssetVerdict["reach"], string>> = {
  reached: "reached",
  refused: "refused",
  not_known: "not checked",
};

function outcomeOf(verdict: Verdict): Spans {
  const { state, failure, token, checkedAt } = verdict;
  if (state === "unknown")
    return sentences(
      rich`Could not find out whether the token works.`,
      failure === null ? [] : rich`${failure.message}`,
    );
  if (state === "healthy") return checkResult.healthy(verdict, false);
  if (state === "expiring" && token?.expiry.kind === "at") {
    const leftMs = token.expiry.at.getTime() - checkedAt.getTime();
    const { works, worksPastEnd } = results.outcomes;
    return rich`${capital(leftMs > 0 ? works({ kind: "at", leftMs }) : worksPastEnd())}.`;
  }
  const cause = findingOf(state, verdict.findings);
  return cause === undefined ? [] : findings[cause.code](cause, verdict);
}
