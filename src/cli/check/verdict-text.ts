import { topicForFinding } from "../../guide/finding-topic.ts";
import { rich, type Spans } from "../../guide/rich-text.ts";
import { type Finding, isDead, type Severity, type State } from "../../token/findings/finding.ts";
import { canPassEnd } from "../../token/past-end.ts";
import { remediedBy } from "../../token/telling.ts";
import { isPartlyChecked } from "../../token/unread.ts";
import type { TokenFacts, Verdict } from "../../token/verdict.ts";
import { findingMessage, findingRemedy } from "../../words/finding-words.ts";
import { terminalText } from "../../words/plain-text.ts";
import { factsOf } from "../../words/finding-context.ts";
import { words } from "../../words/words.ts";
import { printable } from "../errors.ts";
import { type Paint, type Style, styleOf } from "../paint.ts";

/**
 * The verdict as text for a terminal: state, headline, facts, findings with next steps, evidence.
 * @param watch the name that was given with --watch; the guide command then shows the IDs of this watch
 */
export function verdictText(verdict: Verdict, subject: string, paint: Paint, watch?: string): string {
  return [
    `${stateText(verdict, paint)}  ${printable(terminalText(texts.headline(verdict)))}`,
    "",
    line(isUnreadable(verdict) ? texts.labels.notChecked : texts.labels.checked, rich`${subject}`),
    ...(verdict.token === null ? [] : tokenLines(verdict.token, verdict)),
    ...verdict.assets.map((asset) => line(texts.assets[asset.kind], texts.asset(asset, isDead(verdict.state)))),
    ...(verdict.alive === true && verdict.assets.length === 0 ? [line(texts.labels.reach, texts.notTested)] : []),
    ...verdict.findings.flatMap((finding) => findingLines(finding, verdict, guideWith(watch), paint)),
    ...failureLines(verdict, guideWith(watch)),
    ...evidenceLines(verdict),
  ]
    .map((text) => text.trimEnd())
    .join("\n");
}

/** One line for a check that stopped before it had a token. */
export function notCheckedText(problem: string, paint: Paint): string {
  return `${stateWord("unknown", paint)}  ${printable(problem)}`;
}

const LABEL_WIDTH = 13;

const texts = words.checkResult;

function line(label: string, text: Spans): string {
  return `${label.padEnd(LABEL_WIDTH)}${printable(terminalText(text))}`;
}

/** Only the first line has the label. */
function lines(label: string, values: readonly Spans[]): readonly string[] {
  return values.map((text, index) => line(index === 0 ? label : "", text));
}

/** No line for an unknown fact. The first line of the result names the missing facts. */
function known(label: string, text: string | null): readonly string[] {
  return text === null ? [] : [line(label, rich`${text}`)];
}

/**
 * The first word, in its colour. It is not "healthy" when a configured ID was not read, because many people read only
 * this word.
 */
function stateText(verdict: Verdict, paint: Paint): string {
  return verdict.state === "healthy" && isPartlyChecked(verdict)
    ? paint("warning", texts.notFullyChecked)
    : stateWord(verdict.state, paint);
}

function stateWord(state: State, paint: Paint): string {
  return paint(styleOf(state), words.states[state].toUpperCase());
}

const SCOPE_WIDTH = 12;

function scopeTexts({ scopes, missingScopes, extraScopes }: TokenFacts, dead: boolean): readonly Spans[] {
  if (scopes === null) return [];
  const { had, missing, present, extra, none } = texts.scope;
  const of = (names: readonly string[], word: string): readonly Spans[] =>
    names.map((scope) => rich`${word.padEnd(SCOPE_WIDTH)}${scope}`);
  if (dead) return of(scopes, had);
  const needed = scopes.filter((scope) => !extraScopes.includes(scope));
  const all = [...of(missingScopes, missing), ...of(needed, present), ...of(extraScopes, extra)];
  return all.length === 0 ? [rich`${none}`] : all;
}

function appOf({ appName, appId }: TokenFacts): string | null {
  if (appName === null || appId === null) return appName ?? appId;
  return `${appName} (ID ${appId})`;
}

/** True when a finding below gives the date. */
function isEndSaid({ findings }: Verdict): boolean {
  return findings.some(
    (finding) =>
      (finding.code === "expires_soon" || finding.code === "expired") && factsOf(finding, "end") !== undefined,
  );
}

function tokenLines(token: TokenFacts, verdict: Verdict): readonly string[] {
  const { labels } = texts;
  const { type, userId, issuedAt, expiry, dataAccess } = token;
  const now = verdict.checkedAt;
  const identity = line(labels.token, words.alerts.identity(token));
  if (verdict.evidence === null) return [identity];
  return [
    identity,
    ...known(labels.type, type),
    ...known(labels.app, appOf(token)),
    ...known(labels.user, userId),
    ...(issuedAt === null ? [] : [line(labels.issued, [{ kind: "date", at: issuedAt }])]),
    ...(expiry.kind === "not_known" || isEndSaid(verdict)
      ? []
      : [line(texts.endLabel(token, verdict), texts.end(expiry, now))]),
    ...(canPassEnd(verdict) ? [line("", words.caveats.passEnd)] : []),
    ...(dataAccess.kind === "at" ? [line(labels.dataAccess, texts.dataAccess(dataAccess, now))] : []),
    ...lines(labels.permissions, scopeTexts(token, isDead(verdict.state))),
  ];
}

const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = { critical: "bad", warning: "warning", info: "dim" };

/** The command that prints the part of the guide for a finding or a failure. */
type GuideCommand = (finding: Parameters<typeof topicForFinding>[0]) => Spans;

function guideWith(watch: string | undefined): GuideCommand {
  return (finding) => texts.guide(topicForFinding(finding), watch);
}

function findingLines(finding: Finding, verdict: Verdict, guide: GuideCommand, paint: Paint): readonly string[] {
  const { labels } = texts;
  const { steps, afterwards } = findingRemedy(finding, verdict);
  return [
    "",
    `${paint(SEVERITY_STYLES[finding.severity], finding.severity.padEnd(LABEL_WIDTH - 1))} ${finding.code}`,
    line("", findingMessage(finding, verdict)),
    ...lines(`  ${labels.step}`, steps),
    ...lines(`  ${labels.afterwards}`, afterwards),
    line(`  ${labels.guide}`, guide(remediedBy(finding, verdict))),
    ...(finding.evidence === null ? [] : [line(`  ${labels.seen}`, words.results.evidence.dated(finding.evidence))]),
  ];
}

function failureLines({ failure }: Verdict, guide: GuideCommand): readonly string[] {
  if (failure === null) return [];
  const next = words.failures.next(failure, "terminal");
  return [
    "",
    ...(next.length === 0 ? [] : [line(texts.labels.step, next)]),
    line(texts.labels.guide, guide({ code: failure.kind, evidence: failure.evidence })),
  ];
}

/** The token could not be read, so there was nothing to check. */
function isUnreadable({ failure }: Verdict): boolean {
  return failure?.kind === "unreadable";
}

/** No line for an unknown state without a call, because a missing call is no evidence. */
function evidenceLines(verdict: Verdict): readonly string[] {
  const basis = verdict.evidence ?? verdict.failure?.evidence ?? null;
  if (basis === null && !isDead(verdict.state)) return [];
  const text = basis === null ? texts.shapeOnly(verdict.checkedAt) : words.results.evidence.dated(basis);
  return ["", line(texts.labels.evidence, text)];
}
