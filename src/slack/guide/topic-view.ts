import type { ActionsBlock, Button, ModalView } from "@slack/types";
import type { GuideContext } from "../../guide/context.ts";
import type { Topic } from "../../guide/topic.ts";
import { guideTopics, setupTopics } from "../../guide/topics.ts";
import { actions, button, modal } from "../kit/blocks.ts";
import { checkButton } from "../check/check-button.ts";
import type { PrivateMessage } from "../requests/request.ts";
import { words } from "../../words/words.ts";
import { topicSelect, watchLine } from "./guide-view.ts";
import { GUIDE } from "./ids.ts";
import { pageValue } from "./page.ts";
import { topicBlocks } from "./topic-blocks.ts";
import { topicsText } from "./topic-text.ts";

/** One topic as a message, with buttons to other topics. */
export function topicMessage(guide: GuideContext, topic: Topic): PrivateMessage {
  return {
    text: topicsText([topic], { tips: true }),
    blocks: [...topicBlocks(topic), ...watchLine(guide), messageActions(guide, topic)],
  };
}

/** One topic in a modal on top of a check result. Closing the modal shows the result again. */
export function topicModal(guide: GuideContext, topic: Topic): ModalView {
  return modal(
    words.guide.modalTitle,
    [...topicBlocks(topic), ...watchLine(guide), actions(...turnButtons(guide, topic), topicSelect(guide))],
    words.guide.closeModal,
  );
}

/**
 * The topics before and after this one: setup topics in the order of the guide, help topics in an order of their own.
 */
function neighbours(guide: GuideContext, topic: Topic): { previous: Topic | undefined; next: Topic | undefined } {
  const setup = setupTopics(guide);
  const inSetup = setup.some((one) => one.id === topic.id);
  const row = inSetup ? setup : guideTopics(guide).filter((one) => setup.every(({ id }) => id !== one.id));
  const index = row.findIndex((one) => one.id === topic.id);
  return { previous: row[index - 1], next: row[index + 1] };
}

/** A button for the next step, because people cannot type a command in a modal. */
function stepButton(guide: GuideContext, { nextStep }: Topic): readonly Button[] {
  return guideTopics(guide).flatMap(({ id, step, title }) =>
    step === undefined || step !== nextStep
      ? []
      : [
          button({
            id: GUIDE.step,
            text: words.guide.step(step),
            value: pageValue(id, guide.watch),
            label: words.guide.stepAloud(title),
            style: "primary",
          }),
        ],
  );
}

function turnButtons(guide: GuideContext, topic: Topic): readonly Button[] {
  const { previous, next } = neighbours(guide, topic);
  const onward = stepButton(guide, topic);
  return [
    ...onward,
    ...(previous === undefined
      ? []
      : [
          button({
            id: GUIDE.previous,
            text: words.guide.previous,
            value: pageValue(previous.id, guide.watch),
            label: words.guide.previousAloud(previous.title),
          }),
        ]),
    ...(next === undefined
      ? []
      : [
          button({
            id: GUIDE.next,
            text: words.guide.next,
            value: pageValue(next.id, guide.watch),
            label: words.guide.nextAloud(next.title),
            ...(onward.length === 0 ? { style: "primary" } : {}),
          }),
        ]),
  ];
}

function messageActions(guide: GuideContext, topic: Topic): ActionsBlock {
  return actions(
    ...turnButtons(guide, topic),
    button({
      id: GUIDE.whole,
      text: words.guide.whole,
      value: pageValue("whole", guide.watch),
      label: words.guide.wholeAloud,
    }),
    checkButton(),
    topicSelect(guide),
  );
}
