import type { Button, KnownBlock, ModalView } from "@slack/types";
import type { Spans } from "../../guide/rich-text.ts";
import type { Book } from "../../watch/watch-book.ts";
import { sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import { stateEvidence } from "../check/verdict/evidence.ts";
import { GUIDE } from "../guide/ids.ts";
import { pageValue } from "../guide/page.ts";
import { actions, button, context, header, LIMITS, modal, section } from "../kit/blocks.ts";
import { plainTime, type ShowTime } from "../kit/moment.ts";
import { cutTo } from "../kit/mrkdwn.ts";
import { inSlack, mrkdwnText, slackText } from "../kit/spans.ts";
import type { ListedWatch } from "../requests/deps.ts";
import type { PrivateMessage } from "../requests/request.ts";
import type { Leak } from "./examine-leaks.ts";
import type { OtherSecret } from "./find-leaks.ts";
import { isDangerous, lifeOf } from "./life.ts";
import { mayRenew, type StepOptions, stepsFor } from "./steps.ts";

export interface LeakResult extends StepOptions {
  readonly leaks: readonly Leak[];
  readonly others: readonly OtherSecret[];
  /** Tokens beyond the most that one check takes. */
  readonly more: number;
  readonly cards: Pick<Book<ListedWatch>, "get">;
  readonly timezone: string;
}

/** Shown until the result arrives. */
export function checkingMessageView(): ModalView {
  return modal(text.title, [section(text.checking)]);
}

/** The result in the modal. */
export function leakView(result: LeakResult): ModalView {
  return modal(text.title, leakMessage(result).blocks);
}

/** The result as a private message, for a person who closed the modal. Its text alone says everything. */
export function leakMessage(result: LeakResult): PrivateMessage {
  const { leaks, others, timezone } = result;
  if (leaks.length === 0 && others.length === 0) return nothingFound();
  const show: ShowTime = (at) => plainTime(at, timezone);
  const said = (spans: Spans): string => mrkdwnText(spans, show);
  const steps = stepsFor(leaks, result);
  return {
    text: cutTo(
      [
        headline(result),
        ...leaks.map((leak) => said(leakText(leak, result))),
        ...otherTexts(result).map(said),
        ...steps.map((step, index) => `${index + 1}. ${said(step)}`),
      ].join("\n"),
      LIMITS.messageText,
    ),
    blocks: resultBlocks(result, steps),
  };
}

const { leakCheck: text } = words;

function nothingFound(): PrivateMessage {
  const what = slackText(sentences(text.nothing(), text.nothingMore()));
  return { text: what, blocks: [section(what), actions(guideButton(undefined))] };
}

function headline({ leaks }: LeakResult): string {
  const lives = leaks.map(lifeOf);
  const alive = lives.filter((life) => life === "alive").length;
  if (leaks.length === 0) return `⚠️ ${text.otherSecrets}`;
  if (alive > 0) return `🔴 ${text.alive(alive, leaks.length)}`;
  return leaks.some(isDangerous) ? `❔ ${text.notKnown(leaks.length)}` : `⛔ ${text.dead(leaks.length)}`;
}

function lifeText(leak: Leak): Spans {
  switch (lifeOf(leak)) {
    case "alive":
      return text.life.alive(leak.verdict?.token?.expiry ?? { kind: "not_known" });
    case "dead":
      return text.life.dead(words.states[leak.verdict?.state ?? "unknown"].toLowerCase());
    case "refused":
      return text.life.refused();
    case "not_known":
      return text.life.notKnown();
    case "waits":
      return text.life.waits();
  }
}

function holderText({ holders, verdict }: Leak, cards: LeakResult["cards"]): Spans {
  if (holders === undefined) return text.holderNotKnown();
  if (holders.length > 0)
    return text.heldBy(
      holders,
      holders.flatMap((name) => cards.get(name)?.consumers ?? []),
    );
  const { appId, appName } = verdict?.token ?? { appId: null, appName: null };
  return appId === null ? text.heldByNone() : sentences(text.heldByNone(), text.app(appName, appId));
}

function leakText(leak: Leak, { cards }: LeakResult): Spans {
  const line = text.line(text.token(leak.tail), lifeText(leak));
  return lifeOf(leak) === "refused" ? sentences(line, text.maybePart()) : sentences(line, holderText(leak, cards));
}

function otherTexts({ others, more }: LeakResult): readonly Spans[] {
  return [...others.map((kind) => text.others[kind]()), ...(more === 0 ? [] : [text.moreTokens(more)])];
}

function guideButton(watch: string | undefined): Button {
  return button({
    id: GUIDE.beside,
    text: text.guide,
    value: pageValue("leak", watch),
    label: text.guideLabel,
  });
}

function resultBlocks(result: LeakResult, steps: readonly Spans[]): readonly KnownBlock[] {
  const { leaks, timezone, offerRenewal } = result;
  const show = inSlack(timezone);
  const watches = [...new Set(leaks.flatMap(({ holders }) => holders ?? []))];
  const renew = watches
    .filter((watch) => mayRenew(watch, result))
    .flatMap((watch) => offerRenewal?.button(watch) ?? [])
    .slice(0, MOST_BUTTONS);
  const [first] = watches;
  return [
    header(headline(result)),
    ...leaks.flatMap((leak) => [section(show(leakText(leak, result))), ...evidenceBlocks(leak, show)]),
    ...otherTexts(result).map((spans) => section(show(spans))),
    section([show(text.stepsTitle()), ...steps.map((step, index) => `${index + 1}. ${show(step)}`)].join("\n")),
    actions(...renew, guideButton(first)),
    context(slackText(text.recorded())),
  ];
}

/** The call that proves whether the token is alive. */
function evidenceBlocks({ verdict }: Leak, show: (spans: Spans) => string): readonly KnownBlock[] {
  return verdict === undefined ? [] : [context(show(stateEvidence(verdict)))];
}

/** Slack takes 25 elements; five tokens rarely have more watches. */
const MOST_BUTTONS = 10;
