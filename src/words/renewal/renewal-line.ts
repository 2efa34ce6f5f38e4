import type { Spans } from "../../guide/rich-text.ts";
import type { RenewalAction, RenewalEntry } from "../../renewal/audit.ts";
import type { Renewal } from "../../renewal/renewal.ts";
import { sentences } from "../values.ts";
import { words } from "../words.ts";
import { DAY_MS } from "../../token/duration.ts";
import { currentStep, waitEndsAt } from "../../renewal/rules/steps.ts";
import { todoTexts } from "./todo-text.ts";
import { wayOnTexts } from "./way-on.ts";

/**
 * One line of a renewal's thread, with the person and the time.
 * @param renewal the renewal as it is now; a wait of a day names its current step
 * @param offered the actions that the message offers now
 * @param inTerminal the actions that are possible only in a terminal
 */
export function renewalLine(
  entry: RenewalEntry,
  renewal: Renewal | null,
  offered: readonly RenewalAction[],
  inTerminal: readonly RenewalAction[] = [],
): Spans {
  const { event, by, at } = entry;
  const step = renewal === null ? null : currentStep(renewal);
  switch (event.kind) {
    case "started":
      return said.by(said.started(by), by, at);
    case "waits_a_day":
      return step === null || renewal === null
        ? said.waitsAny
        : said.waits(
            step,
            renewal.watch,
            daysLeft(renewal, at),
            sentences(...todoTexts(renewal, offered), ...wayOnTexts(renewal, offered, inTerminal)),
          );
    case "step":
      return said.by(
        said.step(event.result.step, event.result.state, words.renewal.detail(event.result.detail)),
        by,
        at,
      );
    case "ended":
      return said.by(said.ended(event.outcome, event.step), by, at);
  }
}

const { line: said } = words.renewal.message;

/** The days until the wait ends the renewal, from the time of the line. A day that has begun counts. */
function daysLeft(renewal: Renewal, at: Date): number {
  return Math.max(1, Math.ceil((waitEndsAt(renewal).getTime() - at.getTime()) / DAY_MS));
}
