import { useMemo } from "react";
import { ConversationPane } from "../conversation/conversation-pane.tsx";
import { CoveredNews } from "../conversation/covered-news.tsx";
import { HomePane } from "../conversation/home-pane.tsx";
import { ThreadPane } from "../conversation/thread-pane.tsx";
import { ModalStack } from "../modal/modal-stack.tsx";
import { Toasts } from "../notices/toasts.tsx";
import { ThemeContext } from "../state/theme-context.ts";
import type { SlackSnapshot } from "../../protocol/slack-snapshot.ts";
import type { PageState } from "../state/page-store.ts";
import { SlackContext, usePage, usePlace } from "../state/use-page.ts";
import { useTheme } from "../state/use-theme.ts";
import { Desk } from "./desk.tsx";
import { PanelSlot } from "./panel-slot.tsx";
import { Sidebar } from "./sidebar.tsx";
import { TopBar } from "./top-bar.tsx";
import { useKeys } from "./use-keys.ts";

/** The whole page: top bar, sidebar, conversation, and the panels next to it. */
export function Page() {
  const { stream, sidebarOpen, panel } = usePage();
  const { theme, choose } = useTheme();
  useKeys();
  const slack = useToday(stream);
  if (slack === undefined) return <p className="pg-loading">Connecting…</p>;
  return (
    <ThemeContext value={theme}>
      <SlackContext value={slack}>
        <div className="pg-page" data-sidebar={sidebarOpen} data-panel={panel !== undefined}>
          <TopBar theme={theme} onTheme={choose} />
          <Sidebar />
          <main className="pg-main">
            <Main />
          </main>
          <ThreadPane />
          <PanelSlot />
          <CoveredNews />
        </div>
        <ModalStack />
        <Desk />
        <Toasts />
      </SlackContext>
    </ThemeContext>
  );
}

/** The workspace of today: it arrives only when something changes in it, and days also pass without a change. */
function useToday({ slack, time }: PageState["stream"]): SlackSnapshot | undefined {
  const day = time === undefined ? undefined : new Date(time.now).toDateString();
  return useMemo(() => {
    if (slack === undefined || day === undefined || new Date(slack.now).toDateString() === day) return slack;
    return { ...slack, now: new Date(day).toISOString() };
  }, [slack, day]);
}

function Main() {
  const place = usePlace();
  return place === "home" ? <HomePane /> : <ConversationPane key={place.id} conversation={place} />;
}
