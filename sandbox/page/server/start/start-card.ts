// start/ holds the card "Start here", which tells a newcomer what to try. The server keeps its state, so that the card
// stays away after a reload and in every tab.
import type { RequestPath } from "../../protocol/requests.ts";
import type { StartView } from "../../protocol/start-view.ts";
import { createSignal, type Signal } from "../signal.ts";

/** The card of one world. It does not come back before the next world. */
export interface StartCard extends Pick<Signal, "onChange"> {
  readonly view: () => StartView;
  readonly dismiss: () => void;
}

export function createStartCard(shownFirst: boolean): StartCard {
  const { onChange, emit } = createSignal();
  let shown = shownFirst;
  return {
    onChange,
    view: () => ({ shown }),
    dismiss: () => {
      if (!shown) return;
      shown = false;
      emit();
    },
  };
}

/** True for a request that does one of the things on the card, from the card or from elsewhere on the page. */
export function isOnCard(path: RequestPath): boolean {
  return ON_CARD.includes(path);
}

const ON_CARD: readonly RequestPath[] = ["/api/story/play", "/api/world/token", "/api/command"];
