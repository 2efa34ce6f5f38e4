import type { ActionsBlock, Button } from "@slack/types";
import type { RenewalAction } from "../../../renewal/audit.ts";
import type { Renewal } from "../../../renewal/renewal.ts";
import { knownUse } from "../../../words/renewal/known-use.ts";
import { words } from "../../../words/words.ts";
import { actions, button } from "../../kit/blocks.ts";
import { slackPlainText } from "../../kit/spans.ts";
import { guideButton } from "../alert/buttons.ts";
import { RENEWAL } from "./ids.ts";

/** The buttons of a renewal's message. Everybody in the channel sees them, and only admins can use them. */
export function renewalButtons(
  renewal: Pick<Renewal, "id" | "watch" | "way" | "card" | "steps">,
  offered: readonly RenewalAction[],
): readonly ActionsBlock[] {
  if (offered.length === 0) return [];
  const { id, watch, way, card } = renewal;
  // A person who makes the token needs the guide.
  const guide = way === "given" && offered.includes("paste") ? guideButton("step-4", card.name) : [];
  const buttons = ORDER.filter((action) => offered.includes(action)).map((action) =>
    actionButton(action, action === "renew" ? watch : id, renewal),
  );
  return [actions(...buttons.slice(0, 1), ...guide, ...buttons.slice(1))];
}

const { buttons, confirms, confirmInUse } = words.renewal;

/** The action that continues the renewal comes first. */
const ORDER: readonly RenewalAction[] = ["renew", "paste", "confirm_in_use", "end_old", "put_back", "cancel"];

const STYLES: Readonly<Partial<Record<RenewalAction, "primary" | "danger">>> = {
  paste: "primary",
  confirm_in_use: "primary",
  end_old: "danger",
};

/** The button of one action. Its question names apps, so the message is edited when these change. */
function actionButton(action: RenewalAction, value: string, renewal: Pick<Renewal, "steps" | "card">): Button {
  const question = action === "confirm_in_use" ? confirmInUse(knownUse(renewal)) : confirms[action];
  const style = STYLES[action];
  return button({
    id: RENEWAL[action],
    ...buttons[action],
    value,
    ...(style === undefined ? {} : { style }),
    ...(question === undefined ? {} : { confirm: { ...question, text: slackPlainText(question.text) } }),
  });
}
