import { channel, person, rich, type Spans } from "../../guide/rich-text.ts";
import { foreign } from "../values.ts";

/** The destination of a message. Slack shows a channel by its name, if the reader may see it. */
export function place(id: string): Spans {
  return /^[UW]/.test(id) ? rich`the direct messages of ${person(id)}` : rich`${channel(id)}`;
}

/**
 * The destination with its ID, because the person who repairs it needs the ID. A text that is not an ID appears alone.
 */
export function placeWithId(id: string): Spans {
  return /^[CDGUW][A-Z0-9]{2,30}$/.test(id) ? rich`${place(id)} (${id})` : [foreign(id, 40)];
}
