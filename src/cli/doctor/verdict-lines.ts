import { rich, type Spans } from "../../guide/rich-text.ts";
import { CATALOGUE } from "../../token/findings/catalogue.ts";
import { type Finding, isDead, stateCausedBy } from "../../token/findings/finding.ts";
import type { AssetKind, InspectionFailure } from "../../token/inspection.ts";
import { remediedBy, tellingFindings } from "../../token/telling.ts";
import type { AssetVerdict, Verdict } from "../../token/verdict.ts";
import { findingMessage, findingRemedy, findingsWithRemedy, remedyLine } from "../../words/finding-words.ts";
import { terminalText } from "../../words/plain-text.ts";
import { sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import type { Line } from "./line.ts";
import { tokenWords } from "./token-words.ts";

/** The verdict about a watch, and what doctor knows in addition. */
export interface Inspected {
  readonly watch: string;
  readonly verdict: Verdict;
  /** Describes the source, with the remark of its reader. */
  readonly source: string;
  readonly hint: NumberHint;
}

/** Why the phone number was probably refused. `isRemedy`: it says what to do, and nothing else helps. */
export interface NumberHint {
  readonly said: Spans;
  readonly isRemedy: boolean;
}

/** Lines about a token and each of its IDs: the problems with their next step, or what was reached. */
export function verdictLines(inspected: Inspected): readonly Line[] {
  const { watch, verdict } = inspected;
  const { failure, assets } = verdict;
  if (failure !== null) return [failureLine(`Token of ${watch}`, failure)];
  const findings = tellingFindings(verdict).filter((finding) => !isSaidByAsset(finding, assets));
  const bad = findings.filter((finding) => statusOf(finding) === "unhealthy");
  return [
    ...(bad.some((finding) => kindOf(finding) === undefined) ? [] : [aliveLine(inspected, findings)]),
    ...findings.map((finding) => findingLine(inspected, finding)),
    ...assets.flatMap((asset) => assetLines(watch, asset)),
    ...(verdict.alive === true && assets.length === 0 ? [noIdsLine(watch)] : []),
  ];
}

/**
 * A failure that the operator must fix is a problem. Other failures may pass by themselves.
 * @param hint what doctor knows beyond Meta's answer
 * @param remedy replaces the remedy for Meta's answer alone
 */
export function failureLine(topic: string, failure: InspectionFailure, hint: Spans = [], remedy?: Spans): Line {
  const { kind, message } = failure;
  return {
    status: NEEDS_CHANGE.includes(kind) ? "problem" : "no_answer",
    topic,
    text: terminalText(sentences(rich`${message}`, hint, remedy ?? words.failures.next(failure, "terminal"))),
  };
}

const NEEDS_CHANGE: readonly InspectionFailure["kind"][] = ["misconfigured", "app_blocked", "unreadable"];

const TOPICS: Readonly<Record<AssetKind, string>> = { phone: "Phone number", waba: "WhatsApp account" };

/** The line about the ID gives the failure of its read, with a next step for a person at a terminal. */
function isSaidByAsset({ code }: Finding, assets: readonly AssetVerdict[]): boolean {
  return CATALOGUE[code].provedBy === "failed_call" && assets.some(({ failure }) => failure !== null);
}

/** The kind of ID that a finding is about. Undefined: the token itself, or both kinds. */
function kindOf({ code }: Finding): AssetKind | undefined {
  const { provedBy } = CATALOGUE[code];
  return provedBy === "phone" || provedBy === "waba" ? provedBy : undefined;
}

/** A token that only expires soon still does its job, so it is a warning. */
function statusOf(finding: Finding): "unhealthy" | "warning" {
  const state = stateCausedBy(finding);
  return state !== null && (state === "degraded" || isDead(state)) ? "unhealthy" : "warning";
}

function aliveLine({ watch, verdict, source }: Inspected, findings: readonly Finding[]): Line {
  const { token, answer, checkedAt } = verdict;
  const endIsSaid = findings.some(({ code }) => code === "expires_soon");
  return {
    status: "ok",
    topic: `Token of ${watch}`,
    text: terminalText(
      sentences(
        tokenWords.alive(verdict),
        token === null || endIsSaid ? [] : tokenWords.end(token.expiry, checkedAt),
        tokenWords.readFrom(source),
        answer === null ? [] : words.results.evidence.of(answer),
      ),
    ),
  };
}

function findingLine({ watch, verdict, source, hint }: Inspected, finding: Finding): Line {
  const kind = kindOf(finding);
  const status = statusOf(finding);
  const { evidence } = finding;
  return {
    status,
    topic: `${kind === undefined ? "Token" : TOPICS[kind]} of ${watch}`,
    text: terminalText(
      sentences(
        findingMessage(finding, verdict),
        ...remedyOf(finding, verdict, hint),
        kind === undefined && status === "unhealthy" ? tokenWords.readFrom(source) : [],
        evidence === null ? [] : words.results.evidence.of(evidence),
      ),
    ),
  };
}

/** What to do. When several findings have one remedy, the first line gives it. */
function remedyOf(finding: Finding, verdict: Verdict, hint: NumberHint): readonly Spans[] {
  const remedy = findingsWithRemedy(verdict).includes(remediedBy(finding, verdict))
    ? remedyLine(findingRemedy(finding, verdict))
    : tokenWords.sameSteps;
  if (finding.code !== "phone_unreachable") return [remedy];
  return hint.isRemedy ? [hint.said] : [hint.said, remedy];
}

function assetLines(watch: string, asset: AssetVerdict): readonly Line[] {
  const topic = `${TOPICS[asset.kind]} of ${watch}`;
  if (asset.failure !== null) return [failureLine(topic, asset.failure)];
  return asset.reach === "reached" ? [{ status: "ok", topic, text: terminalText(tokenWords.reached(asset)) }] : [];
}

function noIdsLine(watch: string): Line {
  return { status: "not_tried", topic: `IDs of ${watch}`, text: terminalText(tokenWords.noIds) };
}
