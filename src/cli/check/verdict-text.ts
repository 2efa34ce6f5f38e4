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
import { labelled, type Labelled } from "../labelled.ts";
import { type Look, type Style, styleOf } from "../paint.ts";
import { wrapped } from "../wrapped.ts";

/**
 * The verdict as text for a terminal: state, headline, facts, findings with next steps, evidence.
 * @param watch the name that was given with --watch; the guide command then shows the IDs of this watch
 */
export function verdictText(verdict: Verdict, subject: string, look: Look, watch?: string): string {
  const blocks: readonly Block[] = [
    [
      row(isUnreadable(verdict) ? texts.labels.notChecked : texts.labels.checked, rich`${subject}`),
      ...(verdict.token === null ? [] : tokenRows(verdict.token, verdict)),
      ...verdict.assets.map((asset) => row(texts.assets[asset.kind], texts.asset(asset, isDead(verdict.state)))),
      ...(verdict.alive === true && verdict.assets.length === 0 ? [row(texts.labels.reach, texts.notTested)] : []),
    ],
    ...verdict.findings.map((finding) => findingRows(finding, verdict, guideWith(watch))),
    failureRows(verdict, guideWith(watch)),
    evidenceRows(verdict),
  ];
  return [
    firstLine(stateOf(verdict), terminalText(texts.headline(verdict)), look),
    ...blocks.filter((rows) => rows.length > 0).map((rows) => blockText(rows, look)),
  ].join("\n\n");
}

/** The answer alone, for a check that stopped before it had a token. */
export function notCheckedText(problem: string, look: Look): string {
  return firstLine({ word: stateWord("unknown"), style: styleOf("unknown") }, problem, look);
}

/** Rows that belong together. An empty line separates blocks. */
type Block = readonly Row[];

interface Row extends Labelled {
  /** Evidence is less important than the rest. */
  readonly isSmall?: boolean;
}

interface StateWord {
  readonly word: string;
  readonly style: "good" | "warning" | "bad";
}

/** The state and the sentence stand out on a terminal with colours. */
function firstLine({ word, style }: StateWord, sentence: string, { paint, columns }: Look): string {
  const text = `${paint(`${style} badge`, word)}  ${paint("bold", printable(sentence))}`;
  return copyable(wrapped(text, columns));
}

function blockText(rows: Block, look: Look): string {
  return rows
    .map(({ isSmall, ...one }) =>
      labelled({ ...one, text: isSmall === true ? look.paint("dim", one.text) : one.text }, LABEL_WIDTH, look),
    )
    .map((text) => copyable(text).trimEnd())
    .join("\n");
}

/** People copy commands, so the spaces that kept them on one line become normal ones. */
function copyable(text: string): string {
  return text.replaceAll("\u00A0", " ");
}

const LABEL_WIDTH = 13;

const texts = words.checkResult;

function row(label: string, text: Spans): Row {
  return { label, text: printable(terminalText(text)) };
}

/** Only the first row has the label. */
function rowsOf(label: string, values: readonly Spans[]): readonly Row[] {
  return values.map((text, index) => row(index === 0 ? label : "", text));
}

/** No row for an unknown fact. The first line of the result names the missing facts. */
function known(label: string, text: string | null): readonly Row[] {
  return text === null ? [] : [row(label, rich`${text}`)];
}

/**
 * The first word, in its colour. It is not "healthy" when a configured ID was not read, because many people read only
 * this word.
 */
function stateOf(verdict: Verdict): StateWord {
  return verdict.state === "healthy" && isPartlyChecked(verdict)
    ? { word: texts.notFullyChecked, style: "warning" }
    : { word: stateWord(verdict.state), style: styleOf(verdict.state) };
}

function stateWord(state: State): string {
  return words.states[state].toUpperCase();
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

function tokenRows(token: TokenFacts, verdict: Verdict): Block {
  const { labels } = texts;
  const { type, userId, issuedAt, expiry, dataAccess } = token;
  const now = verdict.checkedAt;
  const identity = row(labels.token, words.alerts.identity(token));
  if (verdict.evidence === null) return [identity];
  return [
    identity,
    ...known(labels.type, type),
    ...known(labels.app, appOf(token)),
    ...known(labels.user, userId),
    ...(issuedAt === null ? [] : [row(labels.issued, [{ kind: "date", at: issuedAt }])]),
    ...(expiry.kind === "not_known" || isEndSaid(verdict)
      ? []
      : [row(texts.endLabel(token, verdict), texts.end(expiry, now))]),
    ...(canPassEnd(verdict) ? [row("", words.caveats.passEnd)] : []),
    ...(dataAccess.kind === "at" ? [row(labels.dataAccess, texts.dataAccess(dataAccess, now))] : []),
    ...rowsOf(labels.permissions, scopeTexts(token, isDead(verdict.state))),
  ];
}

const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = { critical: "bad", warning: "warning", info: "dim" };

/** The command that prints the part of the guide for a finding or a failure. */
type GuideCommand = (finding: Parameters<typeof topicForFinding>[0]) => Spans;

function guideWith(watch: string | undefined): GuideCommand {
  return (finding) => rich`${terminalText(texts.guide(topicForFinding(finding), watch)).replaceAll(" ", "\u00A0")}`;
}

function findingRows(finding: Finding, verdict: Verdict, guide: GuideCommand): Block {
  const { labels } = texts;
  const { steps, afterwards } = findingRemedy(finding, verdict);
  return [
    { label: finding.severity, text: finding.code, style: SEVERITY_STYLES[finding.severity] },
    row("", findingMessage(finding, verdict)),
    ...rowsOf(`  ${labels.step}`, steps),
    ...rowsOf(`  ${labels.afterwards}`, afterwards),
    row(`  ${labels.guide}`, guide(remediedBy(finding, verdict))),
    ...(finding.evidence === null ? [] : [small(`  ${labels.seen}`, words.results.evidence.dated(finding.evidence))]),
  ];
}

function failureRows({ failure }: Verdict, guide: GuideCommand): Block {
  if (failure === null) return [];
  const next = words.failures.next(failure, "terminal");
  return [
    ...(next.length === 0 ? [] : [row(texts.labels.step, next)]),
    row(texts.labels.guide, guide({ code: failure.kind, evidence: failure.evidence })),
  ];
}

function small(label: string, text: Spans): Row {
  return { ...row(label, text), isSmall: true };
}

/** The token could not be read, so there was nothing to check. */
function isUnreadable({ failure }: Verdict): boolean {
  return failure?.kind === "unreadable";
}

/** No row for an unknown state without a call, because a missing call is no evidence. */
function evidenceRows(verdict: Verdict): Block {
  const basis = verdict.evidence ?? verdict.failure?.evidence ?? null;
  if (basis === null && !isDead(verdict.state)) return [];
  const text = basis === null ? texts.shapeOnly(verdict.checkedAt) : words.results.evidence.dated(basis);
  return [small(texts.labels.evidence, text)];
}
