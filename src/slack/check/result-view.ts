import type { Button, KnownBlock, ModalView } from "@slack/types";
import type { BareToken } from "../../token/bare-token.ts";
import type { CheckAnswer } from "../../watch/ports.ts";
import { actions, button, context, divider, header, LIMITS, modal } from "../blocks.ts";
import { code, cutTo, listed, literal } from "../mrkdwn.ts";
import { plainTime, type ShowTime, slackDate } from "../moment.ts";
import type { PrivateMessage } from "../request.ts";
import { stateEvidence } from "../verdict/evidence.ts";
import { isReachUntested, verdictHeading } from "../verdict/heading.ts";
import { SENTENCE } from "../verdict/sentence.ts";
import { verdictBlocks, type VerdictOptions } from "../verdict/verdict-blocks.ts";
import { verdictText } from "../verdict/verdict-text.ts";
import { CHECK } from "./ids.ts";

export interface CheckResult {
  readonly answer: CheckAnswer;
  /** A token was typed in; else it was a watch's deployed one. */
  readonly typed: boolean;
  /** What stood around the typed token and was taken off before the check. */
  readonly removed?: BareToken["removed"];
  readonly now: Date;
  readonly timezone: string;
}

/** Whose token it is, and what it was held against. */
const subject = ({ answer, typed }: CheckResult): string => {
  const { watch, against } = answer;
  const needs = listed(
    against.requiredScopes.map((scope) => code(scope)),
    600,
  );
  const purpose = watch === null ? "the bot's defaults" : `what ${code(watch)} needs`;
  const whose = typed ? "The token you typed" : `The deployed token of ${code(watch ?? "")}`;
  return `${whose}, compared with ${purpose}: ${needs === "" ? "no permissions" : needs}.`;
};

const remarks = (result: CheckResult, show: ShowTime): readonly string[] => {
  const { reusedFrom, note, verdict } = result.answer;
  return [
    subject(result),
    ...removedRemark(result),
    ...(reusedFrom === null ? [] : [`This is the answer of ${show(reusedFrom)}, shown again.`]),
    ...(note === null ? [] : [literal(note, SENTENCE)]),
    stateEvidence(verdict, show),
  ];
};

const LIST = new Intl.ListFormat("en-GB", { type: "conjunction" });

const removedRemark = ({ removed = [] }: CheckResult): readonly string[] =>
  removed.length === 0
    ? []
    : [`The bot removed ${LIST.format(removed)} around the token before the check. Save the token without them.`];

const optionsOf = ({ answer, typed, now }: CheckResult, show: ShowTime): VerdictOptions => ({
  verdict: answer.verdict,
  ids: answer.against,
  watch: answer.watch ?? undefined,
  typed,
  past: false,
  advice: true,
  now,
  show,
});

const resultButtons = ({ answer, typed }: CheckResult): readonly Button[] => {
  const another = button({ id: CHECK.another, text: "Check another", label: "Check another token" });
  if (!isReachUntested(answer.verdict, typed)) return [another];
  const label = "Test its reach: opens the form with fields for the ids";
  return [button({ id: CHECK.withIds, text: "Test its reach…", label, style: "primary" }), another];
};

const resultBlocks = (result: CheckResult): readonly KnownBlock[] => {
  const show: ShowTime = (at) => slackDate(at, result.timezone);
  return [
    header(verdictHeading(result.answer.verdict, result.typed)),
    ...verdictBlocks(optionsOf(result, show)),
    divider(),
    ...remarks(result, show).map((remark) => context(remark)),
    actions(...resultButtons(result)),
  ];
};

/** The result in the modal. It has no field, so Slack keeps nothing that was typed. */
export const resultView = (result: CheckResult): ModalView => modal("Check result", resultBlocks(result));

/** The same as a direct message, for a person who closed the modal; its text alone says it all. */
export const resultMessage = (result: CheckResult): PrivateMessage => {
  const show: ShowTime = (at) => plainTime(at, result.timezone);
  const { cause, facts, findings } = verdictText(optionsOf(result, show));
  const text = [
    `${verdictHeading(result.answer.verdict, result.typed)}. ${cause}`,
    ...facts,
    ...remarks(result, show),
    ...findings,
  ];
  return { text: cutTo(text.join("\n"), LIMITS.messageText), blocks: resultBlocks(result) };
};
