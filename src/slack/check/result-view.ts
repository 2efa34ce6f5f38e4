import type { Button, KnownBlock, ModalView } from "@slack/types";
import type { Spans } from "../../guide/rich-text.ts";
import type { BareToken } from "../../token/secret/bare-token.ts";
import type { CheckOutcome } from "../../watch/ports.ts";
import { words } from "../../words/words.ts";
import { button, context, divider, header, LIMITS, modal } from "../kit/blocks.ts";
import { cutTo } from "../kit/mrkdwn.ts";
import { plainTime, type ShowTime, slackDate } from "../kit/moment.ts";
import type { PrivateMessage } from "../requests/request.ts";
import { mrkdwnText, slackPlainText } from "../kit/spans.ts";
import { titleOf } from "./verdict/title.ts";
import { stateEvidence } from "./verdict/evidence.ts";
import { isReachUntested } from "./verdict/heading.ts";
import { guideButton } from "./verdict/next-blocks.ts";
import type { NextStep } from "./verdict/next-step.ts";
import { verdictBlocks, type VerdictOptions } from "./verdict/verdict-blocks.ts";
import { verdictText } from "./verdict/verdict-text.ts";
import { CHECK } from "./ids.ts";

export interface CheckResult {
  readonly outcome: CheckOutcome;
  /** True when a person typed the token; false for the deployed token of a watch. */
  readonly typed: boolean;
  /** The characters that the bot removed around the typed token before the check. */
  readonly removed?: BareToken["removed"];
  readonly now: Date;
  readonly timezone: string;
}

/** The result in the modal. It has no field, so Slack keeps nothing that was typed. */
export function resultView(result: CheckResult): ModalView {
  return modal(checkTitle, resultBlocks(result));
}

/** The result as a direct message, for a person who closed the modal. Its text alone says everything. */
export function resultMessage(result: CheckResult): PrivateMessage {
  const show = plainOf(result);
  const { cause, facts, findings } = verdictText(optionsOf(result, show));
  const text = [
    `${titleText(result, show)}. ${cause}`,
    ...facts,
    ...remarks(result).map((remark) => mrkdwnText(remark, show)),
    ...findings,
  ];
  return { text: cutTo(text.join("\n"), LIMITS.messageText), blocks: resultBlocks(result) };
}

const { buttons, checkTitle, remarks: said } = words.results;

/** Names the token and the permissions that it was compared with. */
function subject({ outcome, typed }: CheckResult): Spans {
  const { watch, against } = outcome;
  const { requiredScopes } = against;
  if (watch === null) return said.typed(requiredScopes);
  return typed ? said.typedFor(watch, requiredScopes) : said.deployed(watch, requiredScopes);
}

/** Remarks below the verdict. The evidence comes last. */
function remarks(result: CheckResult): readonly Spans[] {
  const { removed = [] } = result;
  const { reusedFrom, note, verdict } = result.outcome;
  return [
    subject(result),
    ...(removed.length === 0 ? [] : [said.removed(removed)]),
    ...(reusedFrom === null ? [] : [said.reused(reusedFrom)]),
    ...(note === null ? [] : [said.note(note)]),
    stateEvidence(verdict),
  ];
}

function anotherButton(): Button {
  return button({ id: CHECK.another, text: buttons.another, label: buttons.anotherLabel });
}

/** The one button that fits the state. */
function buttonOf({ outcome, typed }: CheckResult, { tryAgain, topic }: NextStep): Button {
  const watch = outcome.watch ?? undefined;
  if (isReachUntested(outcome.verdict, typed))
    return button({ id: CHECK.withIds, text: buttons.testReach, label: buttons.testReachLabel, style: "primary" });
  if (tryAgain === true)
    return button({
      id: CHECK.another,
      text: buttons.tryAgain,
      label: buttons.tryAgainLabel,
      style: "primary",
      ...(watch === undefined ? {} : { value: watch }),
    });
  return topic === undefined ? anotherButton() : guideButton(topic, watch);
}

function optionsOf(result: CheckResult, show: ShowTime): VerdictOptions {
  return {
    verdict: result.outcome.verdict,
    typed: result.typed,
    past: false,
    advice: true,
    buttonFor: (step) => buttonOf(result, step),
    now: result.now,
    show,
  };
}

function titleText({ outcome, typed, now }: CheckResult, show: ShowTime): string {
  return slackPlainText(titleOf({ verdict: outcome.verdict, typed, now }), show);
}

function plainOf({ timezone }: CheckResult): ShowTime {
  return (at) => plainTime(at, timezone);
}

function resultBlocks(result: CheckResult): readonly KnownBlock[] {
  const show: ShowTime = (at) => slackDate(at, result.timezone);
  return [
    header(titleText(result, plainOf(result))),
    ...verdictBlocks(optionsOf(result, show)),
    divider(),
    ...remarks(result).map((remark) => context(mrkdwnText(remark, show))),
  ];
}
