import type { KnownBlock } from "@slack/types";
import type { WatchRecord } from "../../watch/ports.ts";
import { actions, button, context, divider, header, LIMITS, lines, section } from "../blocks.ts";
import { CHECK } from "../check/ids.ts";
import type { ListedWatch } from "../deps.ts";
import { bold, code, cutTo, listed, literal } from "../mrkdwn.ts";
import { plainTime, type ShowTime, slackDate } from "../moment.ts";
import type { PrivateMessage } from "../request.ts";
import { stateWithSign } from "../state-words.ts";
import { causeOf, nextStep, SENTENCE } from "../verdict/cause.ts";
import { stateEvidence } from "../verdict/evidence.ts";
import { verdictBlocks } from "../verdict/verdict-blocks.ts";
import { stateOf } from "./order.ts";
import { remarkLines, timesLine } from "./watch-lines.ts";

export interface WatchOptions {
  readonly record: WatchRecord;
  /** Undefined for a watch that only the store knows. */
  readonly card: ListedWatch | undefined;
  readonly now: Date;
  readonly timezone: string;
}

const NO_IDS = { phoneNumberId: undefined, whatsappBusinessAccountId: undefined };

/** Where it is read, who uses it, where its alerts go. */
const cardLines = (card: ListedWatch): readonly string[] => {
  const consumers = listed(
    card.consumers.map((consumer) => literal(consumer, 80)),
    400,
  );
  return [
    `${bold("Read from")} ${literal(card.source, 200)}`,
    ...(consumers === "" ? [] : [`${bold("Used by")} ${consumers}`]),
    ...(card.owner === undefined ? [] : [`${bold("Owner")} <@${literal(card.owner, 40)}>`]),
    `${bold("Alerts go to")} <#${literal(card.channel, 40)}>`,
  ];
};

const detail = ({ record, card, now, timezone }: WatchOptions): readonly KnownBlock[] => {
  const show: ShowTime = (at) => slackDate(at, timezone);
  const { verdict } = record.state;
  return [
    header(`${stateWithSign(stateOf(record))} ${record.name}`),
    section([timesLine(record, now, show), ...remarkLines(record, card, show)].join("\n")),
    ...(verdict === null ? [] : verdictBlocks({ verdict, ids: card ?? NO_IDS, typed: false, now, show })),
    ...(card === undefined ? [] : [divider(), ...lines(cardLines(card))]),
    ...(verdict === null ? [] : [context(stateEvidence(verdict, show))]),
    ...(card === undefined
      ? []
      : [
          actions(
            button({
              id: CHECK.open,
              text: "Check it now",
              value: card.name,
              label: "Check this token now: opens a form",
            }),
          ),
        ]),
  ];
};

/** All that is known about one watch. */
export const watchMessage = (options: WatchOptions): PrivateMessage => {
  const { record, card, now, timezone } = options;
  const show: ShowTime = (at) => plainTime(at, timezone);
  const { verdict } = record.state;
  const text = [
    `${code(record.name)}: ${stateWithSign(stateOf(record))}. ${verdict === null ? "No answer yet." : literal(causeOf(verdict), SENTENCE)}`,
    ...(verdict === null ? [] : [`What to do now: ${literal(nextStep(verdict, false).text, SENTENCE)}`]),
    timesLine(record, now, show),
    ...remarkLines(record, card, show),
    ...(verdict === null ? [] : [stateEvidence(verdict, show)]),
  ];
  return { text: cutTo(text.join("\n"), LIMITS.messageText), blocks: detail(options) };
};
