import { useRef } from "react";
import type { MessageView } from "../../protocol/slack-snapshot.ts";
import { Blocks } from "../blocks/blocks.tsx";
import { MessageSurface } from "../blocks/message-surface.tsx";
import { Avatar } from "../layout/avatar.tsx";
import { Icon } from "../layout/icon.tsx";
import { useSlack } from "../state/use-page.ts";
import { useKeptFocus } from "../state/use-kept-focus.ts";
import { Attachment } from "./attachment.tsx";
import { BroadcastNote, ThreadLink } from "./thread-link.tsx";
import { exactTimeOf, timeOf } from "./times.ts";
import { useNameOf } from "./use-name-of.ts";

/** One message with the notes that Slack adds. */
export function Message({ message, inThread = false }: MessageProps) {
  const nameOf = useNameOf();
  const { channel, ts, author, edited, onlyYou } = message;
  const box = useRef<HTMLElement>(null);
  useKeptFocus(box, JSON.stringify(message));
  return (
    <article
      ref={box}
      className="pg-message"
      data-ts={ts}
      data-private={onlyYou}
      aria-label={`${nameOf(author)}, ${timeOf(ts)}${onlyYou ? ", only visible to you" : ""}`}
    >
      <Avatar id={author} name={nameOf(author)} />
      <div className="pg-message-body">
        {onlyYou ? (
          <p className="pg-only-you">
            <Icon name="eye" /> Only visible to you
          </p>
        ) : null}
        {inThread ? null : <BroadcastNote message={message} />}
        <Head message={message} />
        <MessageSurface channel={channel} ts={ts}>
          <Body message={message} />
        </MessageSurface>
        {edited ? <p className="pg-edited">(edited)</p> : null}
        {inThread ? null : <ThreadLink message={message} />}
      </div>
    </article>
  );
}

function Head({ message }: { readonly message: MessageView }) {
  const { bot } = useSlack();
  const nameOf = useNameOf();
  const { author, ts } = message;
  return (
    <p className="pg-head">
      <b>{nameOf(author)}</b>
      {author === bot.id ? <span className="pg-app">App</span> : null}
      <time dateTime={new Date(Number(ts) * 1000).toISOString()} title={exactTimeOf(ts)}>
        {timeOf(ts)}
      </time>
    </p>
  );
}

/** The content of a message. Slack shows the text only when the message has no blocks. */
function Body({ message }: { readonly message: MessageView }) {
  const { text, blocks, attachments } = message;
  const words = text === "" ? [] : [{ type: "section", text: { type: "mrkdwn", text } }];
  return (
    <>
      <Blocks blocks={blocks.length === 0 ? words : blocks} />
      {attachments.map((attachment, index) => (
        <Attachment key={index} attachment={attachment} />
      ))}
    </>
  );
}

interface MessageProps {
  readonly message: MessageView;
  /** Inside the thread, links to the thread are left out. */
  readonly inThread?: boolean;
}
