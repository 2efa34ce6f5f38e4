import { useEffect, useRef } from "react";
import { closeThread } from "../layout/closing.ts";
import { Icon } from "../layout/icon.tsx";
import { usePage, useSlack, useStore } from "../state/use-page.ts";
import { Message } from "./message.tsx";
import { MessageList } from "./message-list.tsx";

/** The open thread next to the channel. Slack does not allow commands in threads, so there is no composer. */
export function ThreadPane() {
  const store = useStore();
  const { thread } = usePage();
  const { conversations } = useSlack();
  const close = useRef<HTMLButtonElement>(null);
  const channel = conversations.find(({ id }) => id === thread?.channel);
  const parent = channel?.messages.find(({ ts }) => ts === thread?.ts);
  const isOpen = parent !== undefined;
  useEffect(() => {
    if (isOpen) close.current?.focus();
  }, [isOpen, thread?.ts]);
  if (channel === undefined || parent === undefined) return null;
  const count = parent.replies.length;
  return (
    <section className="pg-thread" aria-label="Thread">
      <header className="pg-pane-head">
        <h2>Thread</h2>
        <span className="pg-tag">{channel.kind === "dm" ? channel.name : `#${channel.name}`}</span>
        <button
          ref={close}
          type="button"
          className="pg-icon"
          aria-label="Close the thread"
          onClick={() => closeThread(store)}
        >
          <Icon name="close" />
        </button>
      </header>
      <MessageList
        key={parent.ts}
        label="Messages in the thread"
        messages={[parent, ...parent.replies]}
        opensAt="beginning"
      >
        <Message message={parent} inThread />
        <p className="pg-count">
          <span>{count === 1 ? "1 reply" : `${count} replies`}</span>
        </p>
        {parent.replies.map((reply) => (
          <Message key={reply.ts} message={reply} inThread />
        ))}
      </MessageList>
    </section>
  );
}
