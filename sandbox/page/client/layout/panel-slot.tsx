import { usePage, useStore } from "../state/use-page.ts";
import { closePanel } from "./closing.ts";
import { Icon } from "./icon.tsx";
import { PANELS } from "./panels.ts";

export function PanelButtons() {
  const { change } = useStore();
  const { panel } = usePage();
  return PANELS.map(({ id, title }) => (
    <button
      key={id}
      type="button"
      className="pg-quiet"
      data-opens={id}
      aria-pressed={panel === id}
      onClick={() => change({ panel: panel === id ? undefined : id })}
    >
      {title}
    </button>
  ));
}

/** The open panel, next to the conversation. */
export function PanelSlot() {
  const store = useStore();
  const { panel } = usePage();
  const open = PANELS.find(({ id }) => id === panel);
  if (open === undefined) return null;
  return (
    <section key={open.id} className="pg-panel" aria-label={open.title}>
      <header className="pg-pane-head">
        <h2>{open.title}</h2>
        <button type="button" className="pg-icon" aria-label={`Close ${open.title}`} onClick={() => closePanel(store)}>
          <Icon name="close" />
        </button>
      </header>
      <open.Component />
    </section>
  );
}
