import type { Button, KnownBlock } from "@slack/types";
import type { Spans } from "../../../guide/rich-text.ts";
import type { TopicId } from "../../../guide/topic.ts";
import { cutSpans } from "../../../words/cut-spans.ts";
import { words } from "../../../words/words.ts";
import { actions, button, section } from "../../kit/blocks.ts";
import { GUIDE } from "../../guide/ids.ts";
import { pageValue } from "../../guide/page.ts";
import type { ShowTime } from "../../kit/moment.ts";
import { bold } from "../../kit/mrkdwn.ts";
import { mrkdwnText } from "../../kit/spans.ts";
import type { NextStep } from "./next-step.ts";
import { SENTENCE } from "./sentence.ts";

/** Opens the guide topic that helps. The guide shows the IDs of `watch`; undefined for a token without a watch. */
export function guideButton(topic: TopicId, watch: string | undefined): Button {
  return button({
    id: GUIDE.beside,
    text: buttons.showMeHow,
    value: pageValue(topic, watch),
    label: buttons.showMeHowLabel,
    style: "primary",
  });
}

/** The steps, with the help button below them. Beside the text, the button would cover it on a phone. */
export function nextBlocks(
  { steps }: NextStep,
  help: Button | undefined,
  show: ShowTime,
  title = todo.now(),
): readonly KnownBlock[] {
  return [
    ...(steps.length === 0 ? [] : [section([bold(mrkdwnText(title, show)), ...stepLines(steps, show)].join("\n"))]),
    ...(help === undefined ? [] : [actions(help)]),
  ];
}

const { buttons, todo } = words.results;

/** A single step without a number; several steps as numbered lines. */
function stepLines(steps: readonly Spans[], show: ShowTime): readonly string[] {
  const texts = steps.map((step) => mrkdwnText(cutSpans(step, SENTENCE), show));
  return texts.length === 1 ? texts : texts.map((text, index) => `${index + 1}. ${text}`);
}
