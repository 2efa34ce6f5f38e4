import type { Person, Place as DriverPlace } from "../../slack/people/driver.ts";
import type { SlackWorkspace } from "../../slack/workspace.ts";
import type { Place } from "../protocol/requests.ts";
import { HttpError } from "./http.ts";

/** The page showed something that is not there any more; the stream brings what is. */
const gone = (): HttpError => new HttpError(409, "That has changed meanwhile. Try again.");

/** The person with this id. Throws HttpError. */
export function personOf(slack: SlackWorkspace, id: string): Person {
  const person = slack.people().find((candidate) => candidate.id === id);
  if (person === undefined) throw new HttpError(404, "Nobody here has this id.");
  return person;
}

/** Throws HttpError unless this view is on top of the person's screen. */
export function checkModal(person: Person, viewId: string): void {
  if (person.modal()?.id !== viewId) throw gone();
}

/** Where an element is, for the driver; only what this person sees can be found. Throws HttpError. */
export function placeOf(person: Person, place: Place): DriverPlace {
  switch (place.kind) {
    case "modal":
      checkModal(person, place.viewId);
      return "modal";
    case "home":
      if (person.home() === undefined) throw gone();
      return "home";
    case "message": {
      const { channel, ts } = place;
      const own = person.ephemerals().filter((message) => message.channel === channel);
      const posted = channel === person.dmChannel ? person.dms() : channelMessages(person, channel);
      const found = [...own, ...posted].find((message) => message.ts === ts);
      if (found === undefined) throw gone();
      return found;
    }
  }
}

/** Also the replies that stand in threads only. */
function channelMessages(person: Person, channel: string): ReturnType<Person["channelMessages"]> {
  const parents = person.channelMessages(channel);
  return parents.flatMap((message) => [message, ...person.thread(channel, message.ts)]);
}
