import { useState } from "react";
import type { ConversationView } from "../../protocol/slack-snapshot.ts";
import { panelCovers, threadCovers } from "../layout/covers.ts";
import { Icon } from "../layout/icon.tsx";
import { usePage, usePlace, useStore } from "../state/use-page.ts";

/** A button for news of a channel that a panel or a thread covers. widths.css shows it on such screens only. */
export function CoveredNews() {
  const { panel, thread } = usePage();
  const place = usePlace();
  if (place === "home" || (panel === undefined && thread === undefined)) return null;
  return <Pill key={place.id} conversation={place} />;
}

function Pill({ conversation }: { readonly conversation: ConversationView }) {
  const { get, change } = useStore();
  const { kind, name, messages } = conversation;
  const [before] = useState(() => messages.at(-1)?.ts ?? "");
  const count = messages.filter(({ ts, onlyYou }) => ts > before && !onlyYou).length;
  if (count === 0) return null;
  const uncover = (): void => {
    // The pressed button disappears.
    document.querySelector<HTMLElement>(".pg-main .pg-messages")?.focus();
    const { panel, thread } = get();
    // A thread covers the channel where a panel next to it does not.
    const keepsThread = panelCovers() && !threadCovers() && panel !== undefined;
    change({ panel: panelCovers() ? undefined : panel, thread: keepsThread ? thread : undefined });
  };
  return (
    <button type="button" className="pg-new pg-covered" onClick={uncover}>
      {count === 1 ? "1 new message" : `${count} new messages`} in {kind === "dm" ? name : `#${name}`}
      <Icon name="chevron" />
    </button>
  );
}
