import type { MessageProps } from "slack-blocks-to-jsx";
import { clock12, slackDateText } from "../../../slack-date.ts";
import type { SlackSnapshot } from "../../protocol/slack-snapshot.ts";

/**
 * Hooks for the library: names for ids, dates in the viewer's time zone and relative to the sandbox's clock, and
 * unknown emoji as typed.
 */
export function libraryHooks(slack: SlackSnapshot): Hooks {
  return {
    user: ({ id }: Mention) => {
      const person = [...slack.people, slack.bot].find((one) => one.id === id);
      return (
        <span className="pg-mention" data-me={id === slack.viewer.id}>
          @{person?.name ?? id}
        </span>
      );
    },
    // Slack shows a channel without the viewer as a private one.
    channel: ({ id }: Mention) => (
      <span className="pg-mention">#{slack.conversations.find((one) => one.id === id)?.name ?? "private-channel"}</span>
    ),
    usergroup: ({ id }: Mention) => <span className="pg-mention">@{id}</span>,
    atHere: () => <span className="pg-mention">@here</span>,
    atChannel: () => <span className="pg-mention">@channel</span>,
    atEveryone: () => <span className="pg-mention">@everyone</span>,
    emoji: (emoji, parse) => {
      const drawn = parse(emoji);
      return drawn === emoji.name ? `:${emoji.name}:` : drawn;
    },
    date: ({ timestamp, format, fallback, link }) => {
      const now = new Date(slack.now);
      const time = (at: Date, seconds: boolean): string => clock12(at, undefined, seconds);
      const text = slackDateText(Number(timestamp), format, fallback, { timeZone: undefined, now, time });
      const shown = <time title={fallback}>{text}</time>;
      return link === null || link === "" ? shown : outsideLink(link, shown);
    },
    link: ({ href, children }) => outsideLink(href, children),
  };
}

type Hooks = NonNullable<MessageProps["hooks"]>;

interface Mention {
  readonly id: string;
}

function outsideLink(href: string, children: React.ReactNode): React.ReactNode {
  return (
    <a className="pg-outside" href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
