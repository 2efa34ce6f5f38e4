import { person, rich, type Spans } from "../../../guide/rich-text.ts";
import type { Actor } from "../../../renewal/renewal.ts";

/** The one that acted: the person in Slack, "a person in a terminal", "the bot". */
export function actorText(actor: Actor): Spans {
  switch (actor.kind) {
    case "slack":
      return [person(actor.user)];
    case "terminal":
      return rich`a person in a terminal`;
    case "bot":
      return rich`the bot`;
  }
}
