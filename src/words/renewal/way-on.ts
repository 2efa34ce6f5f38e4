import type { Spans } from "../../guide/rich-text.ts";
import type { RenewalAction } from "../../renewal/audit.ts";
import type { Renewal } from "../../renewal/renewal.ts";
import { currentStep } from "../../renewal/rules/steps.ts";
import { words } from "../words.ts";

/**
 * How people continue a renewal, beyond its task. One line each.
 * @param offered the actions that have a button
 * @param inTerminal the actions that are possible only in a terminal, because renewals from Slack are off
 */
export function wayOnTexts(
  renewal: Renewal,
  offered: readonly RenewalAction[],
  inTerminal: readonly RenewalAction[],
): readonly Spans[] {
  const { outcome, steps, watch, way } = renewal;
  if (outcome === null && offered.includes("paste") && currentStep(renewal) === "obtain") return [said.todo.paste];
  if (offered.includes("renew") && steps.at(-1)?.detail.kind === "not_begun") return [said.todo.anotherWay];
  const action = IN_TERMINAL.find((one) => inTerminal.includes(one));
  return action === undefined ? [] : [said.inTerminal[action](watch, way)];
}

const { message: said } = words.renewal;

/** A terminal can neither put a token back nor cancel. Of the others, a renewal has one at a time. */
const IN_TERMINAL = ["paste", "confirm_in_use", "end_old", "renew"] as const;
