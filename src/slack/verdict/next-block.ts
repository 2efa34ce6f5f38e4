import type { SectionBlock } from "@slack/types";
import { button, section } from "../blocks.ts";
import { GUIDE } from "../guide/ids.ts";
import { pageValue } from "../guide/page.ts";
import { bold, literal } from "../mrkdwn.ts";
import type { NextStep } from "./next-step.ts";
import { SENTENCE } from "./sentence.ts";

/**
 * What to do now, with the one button that leads to the right part of the guide.
 * @param watch the watch whose ids the guide shows; undefined for a token that belongs to none
 */
export const nextBlock = (
  { text, topic }: NextStep,
  watch: string | undefined,
  title = "What to do now",
): SectionBlock =>
  section(
    `${bold(title)}\n${literal(text, SENTENCE)}`,
    topic === undefined
      ? undefined
      : button({
          id: GUIDE.beside,
          text: "Show me how",
          value: pageValue(topic, watch),
          label: "Show me how: the part of the guide that helps with this",
          style: "primary",
        }),
  );
