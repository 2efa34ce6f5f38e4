import type { ModalView } from "../../page/protocol/slack-snapshot.ts";
import { boxed, FRAME } from "./box.ts";
import type { Lookup } from "./mrkdwn.ts";
import { blocksLines } from "./render-blocks.ts";
import { firstLines } from "./first-lines.ts";
import { span, type Line, type Span } from "./span.ts";

export interface ModalOptions {
  readonly width: number;
  readonly lookup: Lookup;
  /** Leaves out the empty lines between blocks. */
  readonly tight?: boolean;
  /** Shows only this many lines, or the lines above the first divider, and the number of the remaining ones. */
  readonly most?: number | "above the divider";
}

/** Draws the top modal in a frame. Only one person ever sees a modal. */
export function modalLines(modal: ModalView, { width, lookup, most, tight = false }: ModalOptions): readonly Line[] {
  const { blocks, values, errors } = modal;
  const linesOf = (some: typeof blocks): readonly Line[] =>
    blocksLines(some, { width: width - FRAME, lookup, tight, values, errors });
  const lines = linesOf(blocks);
  const divider = blocks.findIndex((block) => block["type"] === "divider");
  const above = divider === -1 ? lines.length : linesOf(blocks.slice(0, divider)).length;
  const shown = firstLines(lines, most === "above the divider" ? above : (most ?? lines.length));
  return boxed(shown, {
    width,
    title: modal.title,
    note: "only you see this",
    foot: footOf(modal),
  });
}

function footOf({ submit, close }: ModalView): Line {
  const buttons: readonly Span[] = [
    span(`[ ${close} ]`, "bold"),
    ...(submit === null ? [] : [span(`[ ${submit} ]`, "bold", "good")]),
  ];
  return buttons.flatMap((button, index) => (index === 0 ? [button] : [span(" "), button]));
}
