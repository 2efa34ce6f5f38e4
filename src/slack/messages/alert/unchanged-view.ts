import type { ModalView } from "@slack/types";
import type { Spans } from "../../../guide/rich-text.ts";
import type { Alert } from "../../../alert/alert.ts";
import type { Target, Targeted } from "../../../watch/ports.ts";
import { named } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import { modal, section } from "../../kit/blocks.ts";
import type { PrivateMessage } from "../../requests/request.ts";
import { inSlack } from "../../kit/spans.ts";

/** The target of a press and its alerts. `found` is undefined when the store does not know the target. */
export interface PressedTarget {
  readonly target: Target;
  readonly found: Pick<Targeted, "alerts"> | undefined;
}

/** Explains to the person who pressed why nothing changed. */
export function unchangedText({ target, found }: PressedTarget, action: PressedAction, by: string): Spans {
  const { pressReplies } = words;
  const [alert] = found?.alerts ?? [];
  if (target.kind === "message") {
    if (found === undefined) return pressReplies.unknownAlerts;
    // A group has no open alerts here when its alerts have other messages now.
    if (alert === undefined) return pressReplies.noneOpen;
    return action === "acknowledge" ? allTaken(found.alerts, by) : unchangedMany(action);
  }
  return alert === undefined ? pressReplies.unknownAlert : unchangedOne(alert, action, by);
}

/** A sentence as a private reply. */
export function privateText(text: Spans, timezone: string): PrivateMessage {
  const said = inSlack(timezone)(text);
  return { text: said, blocks: [section(said)] };
}

/** The same sentence as a modal that replaces the form. */
export function privateView(text: Spans, timezone: string): ModalView {
  return modal(words.pressReplies.title, [section(inSlack(timezone)(text))]);
}

/** The action of the button that a person pressed. */
type PressedAction = "acknowledge" | "unacknowledge" | "snooze" | "unsnooze" | "check";

/** "All of them are already acknowledged, by you and robin." */
function allTaken(alerts: readonly Alert[], by: string): Spans {
  if (alerts.some(({ acknowledged }) => acknowledged === null)) return words.pressReplies.tryAgain;
  const people = [...new Set(alerts.flatMap(({ acknowledged }) => acknowledged?.by ?? []))];
  const others = people.filter((person) => person !== by);
  return words.pressReplies.allTaken(people.includes(by), others);
}

function unchangedMany(action: Exclude<PressedAction, "acknowledge">): Spans {
  const { pressReplies } = words;
  switch (action) {
    case "unacknowledge":
      return pressReplies.allUndone;
    case "unsnooze":
      return pressReplies.allEndedSnooze;
    case "snooze":
    case "check":
      return pressReplies.tryAgain;
  }
}

function unchangedOne({ card, acknowledged, resolvedAt }: Alert, action: PressedAction, by: string): Spans {
  const { pressReplies } = words;
  const name = named(card.name);
  if (resolvedAt !== null) return pressReplies.ended(name, resolvedAt);
  switch (action) {
    case "acknowledge":
      if (acknowledged === null) return pressReplies.tryAgainFor(name);
      return acknowledged.by === by
        ? pressReplies.youTookIt(name, acknowledged.at)
        : pressReplies.takenBy(name, acknowledged.by, acknowledged.at);
    case "unacknowledge":
      return pressReplies.nothingToUndo(name);
    case "unsnooze":
      return pressReplies.nothingToEnd(name);
    case "snooze":
    case "check":
      return pressReplies.tryAgainFor(name);
  }
}
