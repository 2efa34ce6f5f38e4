import { isObject } from "../../slack/json.ts";
import type { SeenModal } from "../../slack/people/driver.ts";
import { boxed, FRAME } from "./box.ts";
import { objectText } from "./elements.ts";
import type { Lookup } from "./mrkdwn.ts";
import { blocksLines } from "./render-blocks.ts";
import { firstLines } from "./first-lines.ts";
import { span, type Line, type Span } from "./span.ts";

export interface ModalOptions {
  readonly width: number;
  readonly lookup: Lookup;
  /** Show only as many lines, and say how many more there are. */
  readonly most?: number;
}

const footOf = (modal: SeenModal): Line => {
  const { submit, close } = modal.view;
  const buttons: readonly Span[] = [
    ...(isObject(close) ? [span(`[ ${objectText(close)} ]`, "bold")] : []),
    ...(isObject(submit) ? [span(`[ ${objectText(submit)} ]`, "bold", "good")] : []),
  ];
  return buttons.flatMap((button, index) => (index === 0 ? [button] : [span(" "), button]));
};

/** The modal on top, in a frame; a modal is always for one person alone. */
export const modalLines = (modal: SeenModal, { width, lookup, most }: ModalOptions): readonly Line[] => {
  const room = width - FRAME;
  const lines = blocksLines(modal.blocks, { width: room, lookup, values: modal.values, errors: modal.errors });
  const shown = most === undefined ? lines : firstLines(lines, most);
  return boxed(shown, {
    width,
    title: modal.title,
    note: "only you see this",
    foot: footOf(modal),
  });
};
