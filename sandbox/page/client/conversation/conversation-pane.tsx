import type { ConversationView } from "../../protocol/slack-snapshot.ts";
import { Composer } from "../composer/composer.tsx";
import { useSlack } from "../state/use-page.ts";
import { StartCard } from "../start/start-card.tsx";
import { FaultNotes } from "./fault-notes.tsx";
import { Message } from "./message.tsx";
import { MessageList } from "./message-list.tsx";
import { dayOf } from "./times.ts";
import { useUncover } from "./use-uncover.ts";

export function ConversationPane({ conversation }: { readonly conversation: ConversationView }) {
  const { id, kind, name, shared, messages } = conversation;
  const { conversations, viewer } = useSlack();
  useUncover(messages);
  const isFirst = conversations[0]?.id === id;
  const title = kind === "dm" ? name : `# ${name}`;
  return (
    <>
      <header className="pg-pane-head">
        <h2>{title}</h2>
        {shared ? <span className="pg-tag">shared with another organisation</span> : null}
      </header>
      <MessageList label={`Messages in ${title}`} messages={messages} opensAt="newest">
        <Opening conversation={conversation} />
        {isFirst && !viewer.outsider ? <StartCard /> : null}
        <Messages conversation={conversation} />
      </MessageList>
      <FaultNotes />
      {kind === "dm" ? (
        // manifest.yml makes the messages tab read-only.
        <p className="pg-no-composer">Sending messages to this app has been turned off.</p>
      ) : (
        <Composer conversation={conversation} />
      )}
    </>
  );
}

function Opening({ conversation }: { readonly conversation: ConversationView }) {
  const { bot } = useSlack();
  const { kind, name, shared } = conversation;
  return (
    <p className="pg-opening">
      {kind === "dm"
        ? `Direct messages from ${bot.name}. Only you see them.`
        : `This is the beginning of #${name}. ${shared ? "It has members from another organisation." : "Only people from this workspace are members."}`}
    </p>
  );
}

/** The messages of a conversation, with a line for each new day. */
function Messages({ conversation }: { readonly conversation: ConversationView }) {
  const { messages } = conversation;
  return messages.map((message, index) => {
    const [day, before] = [dayOf(message.ts), messages[index - 1]];
    const isNew = before === undefined || dayOf(before.ts) !== day;
    return (
      <div key={message.ts}>
        {isNew ? (
          <p className="pg-day">
            <span>{day}</span>
          </p>
        ) : null}
        <Message message={message} />
      </div>
    );
  });
}
