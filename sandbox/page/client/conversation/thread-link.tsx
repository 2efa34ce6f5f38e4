import type { MessageView } from "../../protocol/slack-snapshot.ts";
import { Icon } from "../layout/icon.tsx";
import { usePlace, useSlack, useStore } from "../state/use-page.ts";
import { timeOf } from "./times.ts";

/** A link such as "2 replies" that opens the thread. */
export function ThreadLink({ message }: { readonly message: MessageView }) {
  const { change } = useStore();
  const { channel, ts, replies } = message;
  const last = replies.at(-1);
  if (last === undefined) return null;
  return (
    <button type="button" className="pg-thread-link" onClick={() => change({ thread: { channel, ts } })}>
      <Icon name="thread" />
      <b>{replies.length === 1 ? "1 reply" : `${replies.length} replies`}</b>
      <span>Last at {timeOf(last.ts)}</span>
    </button>
  );
}

/** The note above a reply that also appears in the channel: the start of its parent message. */
export function BroadcastNote({ message }: { readonly message: MessageView }) {
  const { change } = useStore();
  const place = usePlace();
  const { people } = useSlack();
  const nameOf = (id: string): string => people.find((person) => person.id === id)?.name ?? id;
  const { replyTo, channel } = message;
  if (replyTo === null || place === "home") return null;
  const parent = place.messages.find(({ ts }) => ts === replyTo);
  return (
    <p className="pg-replied">
      replied to a thread:{" "}
      <button type="button" className="pg-link" onClick={() => change({ thread: { channel, ts: replyTo } })}>
        {parent === undefined ? "the thread" : excerpt(parent.text, nameOf)}
      </button>
    </p>
  );
}

const FIRST_WORDS = 60;

function excerpt(text: string, nameOf: (id: string) => string): string {
  const line = text
    .replaceAll(/<@(\w+)>/g, (_mention, id: string) => `@${nameOf(id)}`)
    .replaceAll(/<([^<>|]*)\|([^<>]*)>/g, "$2")
    .replaceAll(/[*_`]/g, "")
    .split("\n", 1)
    .join("");
  return line.length > FIRST_WORDS ? `${line.slice(0, FIRST_WORDS)}…` : line;
}
