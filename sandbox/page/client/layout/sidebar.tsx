import type { ConversationView } from "../../protocol/slack-snapshot.ts";
import { usePlace, useSlack, useStore } from "../state/use-page.ts";
import { useUnread } from "../state/use-unread.ts";
import { Icon } from "./icon.tsx";

/** Channels, the bot's direct messages and its Home. */
export function Sidebar() {
  const { conversations, bot, viewer } = useSlack();
  const place = usePlace();
  const isUnread = useUnread();
  const here = (one: ConversationView): boolean => place !== "home" && place.id === one.id;
  const [channels, dms] = [
    conversations.filter(({ kind }) => kind === "channel"),
    conversations.filter(({ kind }) => kind === "dm"),
  ];
  return (
    <nav className="pg-sidebar" id="pg-sidebar" aria-label="Channels and apps">
      <p className="pg-team">{viewer.team}</p>
      <h2>Channels</h2>
      <ul>
        {channels.map((one) => (
          <PlaceButton
            key={one.id}
            id={one.id}
            label={one.name}
            sign="#"
            here={here(one)}
            unread={!here(one) && isUnread(one)}
            {...(one.shared ? { note: "shared" } : {})}
          />
        ))}
      </ul>
      <h2>Apps</h2>
      <ul>
        {dms.map((one) => (
          <PlaceButton
            key={one.id}
            id={one.id}
            label={bot.name}
            sign="✓"
            here={here(one)}
            unread={!here(one) && isUnread(one)}
          />
        ))}
        <PlaceButton id="home" label={`${bot.name} Home`} sign={<Icon name="home" />} here={place === "home"} />
      </ul>
    </nav>
  );
}

interface PlaceButtonProps {
  readonly id: string;
  readonly label: string;
  readonly sign: React.ReactNode;
  readonly here: boolean;
  readonly unread?: boolean;
  readonly note?: string;
}

function PlaceButton({ id, label, sign, here, unread = false, note }: PlaceButtonProps) {
  const { change } = useStore();
  return (
    <li>
      <button
        type="button"
        className="pg-place"
        aria-current={here ? "page" : undefined}
        data-unread={unread}
        onClick={() => change({ place: id, thread: undefined, sidebarOpen: false })}
      >
        <span className="pg-sign" aria-hidden="true">
          {sign}
        </span>
        <span>{label}</span>
        {note === undefined ? null : <small>{note}</small>}
        {unread ? <span className="pg-hidden">, new messages</span> : null}
      </button>
    </li>
  );
}
