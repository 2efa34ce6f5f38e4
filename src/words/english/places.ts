import { channel, person, rich, type Spans } from "../../guide/rich-text.ts";
import { foreign } from "../values.ts";

/** Where a message goes: Slack shows a channel by its name, if the reader may see it. */
export function place(id: string): Spans {
  return /^[UW]/.test(id) ? rich`the direct messages of ${person(id)}` : rich`${channel(id)}`;
}

/** The same with the ID, which the person who repairs it needs. A text that is no ID stands there alone. */
export function placeWithId(id: string): Spans {
  return /^[CDGUW][A-Z0-9]{2,30}$/.test(id) ? rich`${place(id)} (${id})` : [foreign(id, 40)];
}
