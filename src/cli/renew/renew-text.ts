import { command, rich, type Spans } from "../../guide/rich-text.ts";
import type { Renewal, StepResult, StepState } from "../../renewal/renewal.ts";
import type { Obstacle } from "../../renewal/renewer.ts";
import { terminalText } from "../../words/plain-text.ts";
import { happensText, renewalText } from "../../words/renewal/renewal-text.ts";
import { sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import { printable } from "../errors.ts";
import type { Look, Style } from "../paint.ts";
import { wrapped } from "../wrapped.ts";

/** The renewal for a terminal: what happened, one line for each step that began, the ends and the fingerprints. */
export function renewText(renewal: Renewal, look: Look): string {
  const { expiry, facts } = renewalText(renewal, []);
  return [
    look.paint("bold", spansLine(rich`${renewal.watch}: ${happensText(renewal)}`, look)),
    "",
    ...renewal.steps.map((result) => stepLine(result, look)),
    "",
    ...[expiry, ...facts].filter((text) => text.length > 0).map((text) => spansLine(text, look)),
  ].join("\n");
}

/** Why nothing was changed, and what to do in a terminal. */
export function obstacleLine(obstacle: Obstacle, watch: string, look: Look): string {
  return spansLine(sentences(words.renewal.obstacle(obstacle), hintOf(obstacle, watch)), look);
}

/** After `--dry-run`. */
export const READY = "Every check passed, so the renewal can start. Nothing was changed.";

const SIGNS: Readonly<Record<StepState, { readonly sign: string; readonly style: Style }>> = {
  done: { sign: "✓", style: "good" },
  skipped: { sign: "–", style: "dim" },
  failed: { sign: "✗", style: "bad" },
  not_proven: { sign: "○", style: "warning" },
};

function stepLine({ step, state, detail }: StepResult, look: Look): string {
  const { sign, style } = SIGNS[state];
  const { message, detail: detailText } = words.renewal;
  const text = spansLine(message.line.step(step, state, detailText(detail)), look, `${sign} `);
  return `${look.paint(style, sign)}${text.slice(sign.length)}`;
}

/** A text as one line that fits the terminal. */
export function spansLine(text: Spans, { columns }: Look, marker = ""): string {
  return wrapped(printable(terminalText(text)), columns, marker).replaceAll("\u00A0", " ");
}

/** The command that continues. In a terminal, there is no checklist and no message to press a button in. */
function hintOf(obstacle: Obstacle, watch: string): Spans {
  switch (obstacle.kind) {
    case "no_write":
    case "never_token":
    case "dead_token":
    case "not_system_user":
    case "source_unreadable":
    case "already_open":
      return rich`In a terminal, give the new token with ${command(`renew --watch ${watch} --stdin`)}.`;
    case "already_ended":
      return rich`In a terminal, run ${command(`renew --watch ${watch}`)}.`;
    case "just_saved":
      return rich`In a terminal, run ${command(`renew --watch ${watch} --confirm-in-use`)}.`;
    default:
      return [];
  }
}
