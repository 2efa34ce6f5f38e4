import type { InputBlock, ModalView } from "@slack/types";
import type { Spans } from "../../guide/rich-text.ts";
import { type Way, WAYS } from "../../renewal/renewal.ts";
import type { Obstacle } from "../../renewal/renewer.ts";
import { words } from "../../words/words.ts";
import { context, LIMITS, modal, plain, section } from "../kit/blocks.ts";
import { inSlack, slackText } from "../kit/spans.ts";
import { RENEW_FORM, RENEW_WAY } from "./ids.ts";

/** What prevents each way; null: the way is possible. */
export type Ways = Readonly<Record<Way, Obstacle | null>>;

/** Shown at once, because Slack waits three seconds and the checks may take longer. */
export function lookingView(watch: string): ModalView {
  return modal(forms.title, [section(slackText(forms.looking(watch))), context(slackText(forms.takesSeconds))]);
}

/** The dialog of "Renew…": what will happen, and the possible ways. Without a way, only the reasons. */
export function renewView(watch: string, ways: Ways, timezone: string): ModalView {
  const say = inSlack(timezone);
  const possible = WAYS.filter((way) => ways[way] === null);
  const why = obstacleTexts(ways).map(say);
  if (possible.length === 0)
    return modal(
      forms.title,
      why.map((text) => section(text)),
    );
  return {
    ...modal(forms.title, [
      section(say(forms.about(watch))),
      wayField(possible),
      ...why.map((text) => context(text)),
      context(say(forms.shown)),
    ]),
    callback_id: RENEW_FORM,
    private_metadata: watch,
    submit: plain(forms.start, LIMITS.title),
  };
}

/** Shown from the submission until the result arrives. */
export function startingView(): ModalView {
  return modal(forms.title, [section(slackText(forms.starting))]);
}

const { forms, obstacle: obstacleText } = words.renewal;

/** Why ways are not possible, one line each. One line when both have the same reason. */
function obstacleTexts(ways: Ways): readonly Spans[] {
  const { refresh, given } = ways;
  if (refresh !== null && refresh.kind === given?.kind) return [obstacleText(given)];
  return WAYS.flatMap((way) => {
    const obstacle = ways[way];
    return obstacle === null ? [] : [forms.notPossible(way, obstacleText(obstacle))];
  });
}

function wayField(possible: readonly Way[]): InputBlock {
  const options = possible.map((way) => ({
    text: plain(forms.ways[way].text, LIMITS.option),
    description: plain(forms.ways[way].about, LIMITS.option),
    value: way,
  }));
  const [first] = options;
  return {
    type: "input",
    block_id: RENEW_WAY,
    label: plain(forms.way, LIMITS.placeholder),
    element: {
      type: "radio_buttons",
      action_id: RENEW_WAY,
      options,
      ...(first === undefined ? {} : { initial_option: first }),
    },
  };
}
