import type { ActionsBlock, Button, ModalView } from "@slack/types";
import type { GuideContext } from "../../guide/context.ts";
import type { Topic } from "../../guide/topic.ts";
import { guideTopics, setupTopics } from "../../guide/topics.ts";
import { actions, button, modal } from "../blocks.ts";
import { checkButton } from "../check/check-button.ts";
import type { PrivateMessage } from "../request.ts";
import { topicSelect, watchLine } from "./guide-view.ts";
import { GUIDE } from "./ids.ts";
import { pageValue } from "./page.ts";
import { topicBlocks } from "./topic-blocks.ts";
import { topicsText } from "./topic-text.ts";

/** The set-up guide is read through; help topics follow each other. */
const neighbours = (guide: GuideContext, topic: Topic): { previous: Topic | undefined; next: Topic | undefined } => {
  const setup = setupTopics(guide);
  const inSetup = setup.some((one) => one.id === topic.id);
  const row = inSetup ? setup : guideTopics(guide).filter((one) => setup.every(({ id }) => id !== one.id));
  const index = row.findIndex((one) => one.id === topic.id);
  return { previous: row[index - 1], next: row[index + 1] };
};

/** "Step 4" where a topic says to do it: in a modal no command can be typed. */
const stepButton = (guide: GuideContext, { nextStep }: Topic): readonly Button[] =>
  guideTopics(guide)
    .filter(({ step }) => step !== undefined && step === nextStep)
    .map(({ id, step, title }) =>
      button({
        id: GUIDE.step,
        text: `Step ${step}`,
        value: pageValue(id, guide.watch),
        label: `Go to ${title}`,
        style: "primary",
      }),
    );

const turnButtons = (guide: GuideContext, topic: Topic): readonly Button[] => {
  const { previous, next } = neighbours(guide, topic);
  const onward = stepButton(guide, topic);
  return [
    ...onward,
    ...(previous === undefined
      ? []
      : [
          button({
            id: GUIDE.previous,
            text: "Previous",
            value: pageValue(previous.id, guide.watch),
            label: `Previous: ${previous.title}`,
          }),
        ]),
    ...(next === undefined
      ? []
      : [
          button({
            id: GUIDE.next,
            text: "Next",
            value: pageValue(next.id, guide.watch),
            label: `Next: ${next.title}`,
            ...(onward.length === 0 ? { style: "primary" } : {}),
          }),
        ]),
  ];
};

const messageActions = (guide: GuideContext, topic: Topic): ActionsBlock =>
  actions(
    ...turnButtons(guide, topic),
    button({
      id: GUIDE.whole,
      text: "Whole guide",
      value: pageValue("whole", guide.watch),
      label: "Show the whole guide",
    }),
    checkButton(),
    topicSelect(guide),
  );

/** One topic as an answer, with the ways on. */
export const topicMessage = (guide: GuideContext, topic: Topic): PrivateMessage => ({
  text: topicsText([topic], { tips: true }),
  blocks: [...topicBlocks(topic), ...watchLine(guide), messageActions(guide, topic)],
});

/** One topic on top of a check result; closing it leads back there. */
export const topicModal = (guide: GuideContext, topic: Topic): ModalView =>
  modal(
    "WhatsApp token guide",
    [...topicBlocks(topic), ...watchLine(guide), actions(...turnButtons(guide, topic), topicSelect(guide))],
    "Back to the result",
  );
