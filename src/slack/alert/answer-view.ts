import type { ModalView } from "@slack/types";
import type { Spans } from "../../guide/rich-text.ts";
import type { Alert } from "../../watch/alert.ts";
import type { Target, Targeted } from "../../watch/ports.ts";
import { named } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import { modal, section } from "../blocks.ts";
import type { PrivateMessage } from "../request.ts";
import { inSlack } from "../spans.ts";

/** The action that a person asked for. */
type Asked = "acknowledge" | "unacknowledge" | "snooze" | "unsnooze" | "check";

/** The target of a press and its alerts. `found` is undefined when the store does not know the target. */
export interface Answered {
  readonly target: Target;
  readonly found: Pick<Targeted, "alerts"> | undefined;
}

/** Explains to the person who pressed why nothing changed. */
export function unchangedText({ target, found }: Answered, asked: Asked, by: string): Spans {
  const { answers } = words;
  const [alert] = found?.alerts ?? [];
  if (target.kind === "message") {
    if (found === undefined) return answers.unknownAlerts;
    // A group has no open alerts here when its alerts have other messages now.
    if (alert === undefined) return answers.noneOpen;
    return asked === "acknowledge" ? allTaken(found.alerts, by) : unchangedMany(asked);
  }
  return alert === undefined ? answers.unknownAlert : unchangedOne(alert, asked, by);
}

/** A sentence as a private answer. */
export function privateText(text: Spans, timezone: string): PrivateMessage {
  const said = inSlack(timezone)(text);
  return { text: said, blocks: [section(said)] };
}

/** The same sentence as a modal that replaces the form. */
export function privateView(text: Spans, timezone: string): ModalView {
  return modal(words.answers.title, [section(inSlack(timezone)(text))]);
}

/** "All of them are already acknowledged, by you and robin." */
function allTaken(alerts: readonly Alert[], by: string): Spans {
  if (alerts.some(({ acknowledged }) => acknowledged === null)) return words.answers.tryAgain;
  const people = [...new Set(alerts.flatMap(({ acknowledged }) => acknowledged?.by ?? []))];
  const others = people.filter((person) => person !== by);
  return words.answers.allTaken(people.includes(by), others);
}

function unchangedMany(asked: Exclude<Asked, "acknowledge">): Spans {
  const { answers } = words;
  switch (asked) {
    case "unacknowledge":
      return answers.allUndone;
    case "unsnooze":
      return answers.allEndedSnooze;
    case "snooze":
    case "check":
      return answers.tryAgain;
  }
}

function unchangedOne({ card, acknowledged, resolvedAt }: Alert, asked: Asked, by: string): Spans {
  const { answers } = words;
  const name = named(card.name);
  if (resolvedAt !== null) return answers.ended(name, resolvedAt);
  switch (asked) {
    case "acknowledge":
      if (acknowledged === null) return answers.tryAgainFor(name);
      return acknowledged.by === by
        ? answers.youTookIt(name, acknowledged.at)
        : answers.takenBy(name, acknowledged.by, acknowledged.at);
    case "unacknowledge":
      return answers.nothingToUndo(name);
    case "unsnooze":
      return answers.nothingToEnd(name);
    case "snooze":
    case "check":
      return answers.tryAgainFor(name);
  }
}
