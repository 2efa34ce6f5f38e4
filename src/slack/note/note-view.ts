// note/ holds the messages that are sent once and never edited: who comes next, a channel that refuses, the bot's return,
// the digest. One pure view per kind, which takes all notes of that kind that go to one place as one message. To add a
// kind: its body in watch/note.ts, a view here, a row in the switch.
import type { Note } from "../../watch/note.ts";
import type { ChannelMessage } from "../channel-message.ts";
import { comebackMessage } from "./comeback-view.ts";
import { digestMessage } from "./digest-view.ts";
import { escalationOverMessage } from "./escalation-over-view.ts";
import { escalationMessage } from "./escalation-view.ts";
import { notesOf } from "./note-of.ts";
import { refusedChannelMessage } from "./refused-channel-view.ts";

/**
 * The one message for notes of one kind; the first one says of which.
 * @throws RangeError when there is none
 */
export const noteMessage = (notes: readonly Note[], timezone: string): ChannelMessage => {
  const [first] = notes;
  if (first === undefined) throw new RangeError("a message needs at least one note");
  const { kind } = first.body;
  switch (kind) {
    case "escalation":
      return escalationMessage(notesOf(notes, kind), timezone);
    case "escalation_over":
      return escalationOverMessage(notesOf(notes, kind), timezone);
    case "refused_channel":
      return refusedChannelMessage(notesOf(notes, kind), timezone);
    case "comeback":
      return comebackMessage(notesOf(notes, kind), timezone);
    case "digest":
      return digestMessage(notesOf(notes, kind), timezone);
  }
};
