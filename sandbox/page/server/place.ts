import type { Person, Place as DriverPlace } from "../../slack/people/driver.ts";
import type { SlackWorkspace } from "../../slack/workspace.ts";
import type { Place } from "../protocol/requests.ts";
import { HttpError } from "./http.ts";

/** Returns the person with this id. Throws HttpError when there is none. */
export function personOf(slack: SlackWorkspace, id: string): Person {
  const person = slack.people().find((candidate) => candidate.id === id);
  if (person === undefined) throw new HttpError(404, "There is no person with this id.");
  return person;
}

/** Throws HttpError unless this view is the person's top modal. */
export function checkModal(person: Person, viewId: string): void {
  if (person.modal()?.id !== viewId) throw gone();
}

/** Translates a place for the driver. Finds only what this person can see. Throws HttpError. */
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

/** The page showed an outdated state; the stream brings the current one. */
export function gone(): HttpError {
  return new HttpError(409, "This has changed in the meantime. Try again.");
}

/** Includes replies that appear only in threads. */
function channelMessages(person: Person, channel: string): ReturnType<Person["channelMessages"]> {
  const parents = person.channelMessages(channel);
  return parents.flatMap((message) => [message, ...person.thread(channel, message.ts)]);
}
