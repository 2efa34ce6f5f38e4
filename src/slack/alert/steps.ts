import type { FindingCode } from "../../token/finding.ts";
import { answers } from "../../token/telling.ts";
import { unreadAssets } from "../../token/unread.ts";
import type { InspectionFailure } from "../../token/inspection.ts";
import type { Verdict } from "../../token/verdict.ts";
import { literal } from "../mrkdwn.ts";
import { unansweredStep } from "../verdict/next-step.ts";
import { remedyLines } from "./finding-lines.ts";
import { SHARES } from "./shares.ts";

/** A new token answers these. */
const NEED_A_TOKEN: readonly FindingCode[] = [
  "expired",
  "revoked",
  "invalid",
  "not_a_token",
  "scope_missing",
  "expires_soon",
  "temporary_token",
  "not_system_user",
];

/** Why ids of a live token were not read. */
const NOT_READ: readonly FindingCode[] = ["reach_not_checked", "proof_refused"];

/** The bot does not see what people change at Meta until it checks again. */
const CHECK_STEP = "Press Check now when that is done: you see at once whether it is fixed.";

const numbered = (steps: readonly string[]): readonly string[] => [
  "What to do:",
  ...steps.map((step, index) => `${index + 1}. ${step}`),
];

/** What to do, step by step, a line each; the guide's button leads through the first one. */
export const stepLines = (verdict: Verdict, source: string): readonly string[] => {
  const remedies = remedyLines(verdict);
  if (remedies.length === 0) return [];
  const needsToken = answers(verdict).some(({ code }) => NEED_A_TOKEN.includes(code));
  return numbered([
    ...remedies,
    ...(needsToken
      ? [`The bot reads the token from ${literal(source, SHARES.source)}: put the new one there too.`]
      : []),
    CHECK_STEP,
  ]);
};

/** The same for many tokens at once: each is read from a place of its own. */
export const sharedStepLines = (verdict: Verdict): readonly string[] => {
  const remedies = remedyLines(verdict);
  return remedies.length === 0 ? [] : numbered(remedies);
};

/** What to do about a check that fails; a person is needed only where the bot's own configuration is wrong. */
export const unansweredLine = (failure: InspectionFailure, name: string | undefined): string => {
  const { text, topic } = unansweredStep(failure);
  const more =
    topic === undefined || name === undefined ? "" : ` See \`/wa-token status ${literal(name, SHARES.name)}\`.`;
  return `What to do: ${text}${more}`;
};

/** What to do about ids that were not read: what their findings say, else what the failure asks for. */
export const unreadSteps = (verdict: Verdict, name: string | undefined): readonly string[] => {
  const remedies = verdict.findings.filter(({ code }) => NOT_READ.includes(code)).map(({ remedy }) => remedy);
  const [first] = unreadAssets(verdict);
  if (remedies.length > 0) return [`What to do: ${remedies.map((text) => literal(text, SHARES.remedy)).join(" ")}`];
  return first === undefined ? [] : [unansweredLine(first.failure, name)];
};
