import { topicForFinding } from "../guide/finding-topic.ts";
import { type Caveats, caveatsOf } from "../token/caveats.ts";
import { describeExpiry, type Expiry, isPast } from "../token/expiry.ts";
import { type Finding, findingOf, isDead, type Severity } from "../token/finding.ts";
import type { Evidence, Sending } from "../token/inspection.ts";
import { utcText } from "../token/moment.ts";
import { pastEndText } from "../token/past-end.ts";
import { answerTo } from "../token/telling.ts";
import { isPartlyChecked } from "../token/unread.ts";
import type { AssetVerdict, TokenFacts, Verdict } from "../token/verdict.ts";
import { printable } from "./errors.ts";
import { type Paint, type Style, styleOf } from "./paint.ts";

const LABEL_WIDTH = 13;

const line = (label: string, text: string): string => `${label.padEnd(LABEL_WIDTH)}${printable(text)}`;

/** Only the first line has the label. */
const lines = (label: string, texts: readonly string[]): readonly string[] =>
  texts.map((text, index) => line(index === 0 ? label : "", text));

const expiryText = (expiry: Expiry, now: Date): string =>
  expiry.kind === "at" ? `${describeExpiry(expiry, now)}, on ${utcText(expiry.at)}` : describeExpiry(expiry, now);

/** A token that was revoked before its expiry does not expire any more. */
const endLabel = ({ expiry }: TokenFacts, { state, checkedAt }: Verdict): string => {
  if (state === "expired" || isPast(expiry, checkedAt)) return "Expired";
  return isDead(state) ? "Would expire" : "Expires";
};

const healthyText = ({ unchecked, warnings }: Caveats): string => {
  if (unchecked.length > 0) return `The token is alive, but not everything was checked: ${unchecked.join("; ")}.`;
  return warnings.length > 0 ? "The token is alive." : "The token is alive, and no check found a problem.";
};

/** The result, then the facts that the state word would hide: unchecked objects and warnings. */
const headline = (verdict: Verdict): string => {
  const { state, findings, failure } = verdict;
  if (state === "unknown") return failure?.message ?? "The check has no result.";
  const caveats = caveatsOf(verdict);
  const { unchecked, warnings } = caveats;
  return [
    state === "healthy" ? healthyText(caveats) : (findingOf(state, findings)?.message ?? ""),
    ...(state === "healthy" || unchecked.length === 0 ? [] : [`Not checked: ${unchecked.join("; ")}.`]),
    ...(warnings.length === 0 ? [] : [`Warning: ${warnings.join("; ")}.`]),
  ].join(" ");
};

/** The state in its colour. Not HEALTHY when a configured ID was not read, because many people read only this word. */
const stateText = (verdict: Verdict, paint: Paint): string =>
  verdict.state === "healthy" && isPartlyChecked(verdict)
    ? paint("warning", "ALIVE, NOT FULLY CHECKED")
    : paint(styleOf(verdict.state), verdict.state.toUpperCase());

const scopeLines = (token: TokenFacts, dead: boolean): readonly string[] => {
  const listed = token.scopes ?? [];
  if (dead && listed.length === 0) return ["Meta lists no permissions of a dead token"];
  if (dead) return listed.map((scope) => `it had      ${scope}`);
  if (token.scopes === null) return ["not known"];
  const needed = token.scopes.filter((scope) => !token.extraScopes.includes(scope));
  const of = (scopes: readonly string[], word: string): readonly string[] => scopes.map((scope) => `${word}${scope}`);
  const all = [
    ...of(token.missingScopes, "missing     "),
    ...of(needed, "present     "),
    ...of(token.extraScopes, "not needed  "),
  ];
  return all.length === 0 ? ["none"] : all;
};

const tokenLines = (token: TokenFacts, verdict: Verdict): readonly string[] => {
  const { tail, fingerprint, type, appName, appId, userId, issuedAt, dataAccess } = token;
  const now = verdict.checkedAt;
  const identity =
    tail === "" ? "not shown, because it is too short for a token" : `ends in …${tail}, fingerprint ${fingerprint}`;
  if (verdict.evidence === null) return [line("Token", identity)];
  const pastEnd = pastEndText(verdict);
  const app = appName === null ? appId : `${appName} (${appId ?? "ID not known"})`;
  return [
    line("Token", identity),
    line("Type", type ?? "not known"),
    line("App", app ?? "not known"),
    line("User ID", userId ?? "not known"),
    line("Issued", issuedAt === null ? "not known" : utcText(issuedAt)),
    line(endLabel(token, verdict), expiryText(token.expiry, now)),
    ...(pastEnd === undefined ? [] : [line("", pastEnd)]),
    ...(dataAccess.kind === "at" ? [line("Data access", `ends ${expiryText(dataAccess, now)}`)] : []),
    ...lines("Permissions", scopeLines(token, isDead(verdict.state))),
  ];
};

const REACH: Readonly<Record<AssetVerdict["reach"], string>> = {
  reached: "reached",
  refused: "refused",
  not_known: "not known",
};

/** States only Meta's report: without a reported block, sending can still fail. */
const SENDING: Readonly<Record<Sending, string>> = {
  available: "no sending block reported",
  limited: "sending limited",
  blocked: "sending blocked",
};

const NO_ID =
  "not tested. Set WHATSAPP_PHONE_NUMBER_ID or WHATSAPP_BUSINESS_ACCOUNT_ID, or use --watch with a watch that has IDs";

const assetLine = (asset: AssetVerdict, dead: boolean): string => {
  const name = asset.name === null ? asset.id : `${asset.name} (${asset.id})`;
  const sending = asset.sending === null ? "" : `, ${SENDING[asset.sending]}`;
  const why = asset.failure === null ? "" : `: ${asset.failure.message}`;
  const reach = dead ? "not checked, because the token is dead" : REACH[asset.reach];
  return line(asset.kind === "phone" ? "Phone number" : "Account", `${name}: ${reach}${sending}${why}`);
};

const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = { critical: "bad", warning: "warning", info: "quiet" };

/** "GET /debug_token answered 200 with code 190, subcode 463 at 2026-11-22 00:00 UTC, trace …". */
const evidenceText = ({ call, status, code, subcode, trace, at }: Evidence): string => {
  const error = [code === null ? [] : [`code ${code}`], subcode === null ? [] : [`subcode ${subcode}`]].flat();
  const answered = status === null ? "without a status" : `answered ${status}`;
  return [
    `${call} ${answered}${error.length === 0 ? "" : ` with ${error.join(", ")}`} at ${utcText(at)}`,
    ...(trace === null ? [] : [`trace ${trace}`]),
  ].join(", ");
};

/** Builds the command that prints the guide topic for a finding. */
type GuideCommand = (finding: Parameters<typeof topicForFinding>[0]) => string;

const guideWith =
  (watch: string | undefined): GuideCommand =>
  (finding) =>
    `wa-token guide ${watch === undefined ? "" : `--watch ${watch} `}${topicForFinding(finding).replaceAll("-", " ")}`;

const findingLines = (finding: Finding, verdict: Verdict, guide: GuideCommand, paint: Paint): readonly string[] => {
  const answering = answerTo(finding, verdict);
  return [
    "",
    `${paint(SEVERITY_STYLES[finding.severity], finding.severity.padEnd(LABEL_WIDTH - 1))} ${finding.code}`,
    line("", finding.message),
    line("  Do this", answering.remedy),
    line("  Read", guide(answering)),
    ...(finding.evidence === null ? [] : [line("  Seen in", evidenceText(finding.evidence))]),
  ];
};

const evidenceLine = ({ evidence, failure, state, checkedAt }: Verdict): string => {
  const basis = evidence ?? failure?.evidence ?? null;
  if (basis !== null) return line("Evidence", evidenceText(basis));
  const none = isDead(state) ? "the shape of the value; no call was made" : "no call was made";
  return line("Evidence", `${none}, ${utcText(checkedAt)}`);
};

/**
 * Formats the verdict for a terminal: state, cause, facts, next steps and evidence.
 * @param watch the watch that was chosen by name; the guide command then shows its IDs
 */
export const verdictText = (verdict: Verdict, subject: string, paint: Paint, watch?: string): string =>
  [
    `${stateText(verdict, paint)}  ${printable(headline(verdict))}`,
    "",
    line("Checked", subject),
    ...(verdict.token === null ? [] : tokenLines(verdict.token, verdict)),
    ...verdict.assets.map((asset) => assetLine(asset, isDead(verdict.state))),
    ...(verdict.alive === true && verdict.assets.length === 0 ? [line("Reach", NO_ID)] : []),
    ...verdict.findings.flatMap((finding) => findingLines(finding, verdict, guideWith(watch), paint)),
    ...(verdict.failure === null
      ? []
      : ["", line("Read", guideWith(watch)({ code: verdict.failure.kind, evidence: verdict.failure.evidence }))]),
    "",
    evidenceLine(verdict),
  ]
    .map((text) => text.trimEnd())
    .join("\n");
