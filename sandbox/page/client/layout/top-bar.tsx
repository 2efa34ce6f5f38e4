import { Refusals } from "../notices/refusals.tsx";
import { usePage, useStore } from "../state/use-page.ts";
import type { Theme } from "../state/use-theme.ts";
import { Icon } from "./icon.tsx";
import { PanelButtons } from "./panel-slot.tsx";
import { PeopleSwitch } from "./people-switch.tsx";

/** Shows the current viewer and the page's own buttons. */
export function TopBar({ theme, onTheme }: TopBarProps) {
  const { change } = useStore();
  const { connected, sidebarOpen } = usePage();
  const other = theme === "dark" ? "light" : "dark";
  return (
    <header className="pg-top">
      <button
        type="button"
        className="pg-icon pg-menu"
        aria-label="Channels"
        aria-expanded={sidebarOpen}
        aria-controls="pg-sidebar"
        onClick={() => change({ sidebarOpen: !sidebarOpen })}
      >
        <Icon name="menu" />
      </button>
      <h1 className="pg-brand">
        wa-token <span>playground</span>
      </h1>
      <PeopleSwitch />
      <div className="pg-top-end">
        {connected ? null : (
          <p className="pg-away" role="status">
            Not connected
          </p>
        )}
        <Refusals />
        <PanelButtons />
        <button
          type="button"
          className="pg-icon"
          aria-label={`Switch to ${other} colours`}
          onClick={() => onTheme(other)}
        >
          <Icon name={other === "dark" ? "moon" : "sun"} />
        </button>
      </div>
    </header>
  );
}

interface TopBarProps {
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
}
