import { COMMAND } from "../../protocol/command.ts";
import { panelCovers } from "../layout/covers.ts";
import { focusComposer } from "../layout/use-keys.ts";
import { usePlace, useStore } from "../state/use-page.ts";
import { useRequest } from "../state/use-request.ts";

/** One thing to try. */
export interface Thing {
  readonly title: string;
  readonly what: string;
  readonly start: () => void;
}

/** The three things on the card "Start here", and the way to close the card. */
export function useThings(): { readonly things: readonly Thing[]; readonly dismiss: () => void } {
  const ask = useRequest();
  const store = useStore();
  const place = usePlace();
  const channel = place === "home" ? "" : place.id;

  const breakToken = async (): Promise<void> => {
    // The card disappears with its button. The alert appears in the list.
    document.querySelector<HTMLElement>(".pg-main .pg-messages")?.focus();
    const { ok } = await ask("/api/world/token", { watch: BROKEN, verb: "revoke" });
    if (!ok) return;
    // On a narrow screen, the panel would cover the alert.
    if (!panelCovers()) store.change({ panel: "world" });
    await ask("/api/time/move", { to: "hour" });
  };
  return {
    things: [
      {
        title: "Watch a 40-second story",
        what: "A token is revoked. See how the team finds out and fixes it.",
        start: () => void ask("/api/story/play", { id: STORY }),
      },
      {
        title: "Break a token",
        what: `Revoke the token of ${BROKEN}. An hour passes in a moment, and the bot posts an alert here.`,
        start: () => void breakToken(),
      },
      {
        title: "Ask the bot",
        what: `Send “${COMMAND} status” in this channel. Only you see the answer.`,
        start: () => {
          focusComposer(store);
          void ask("/api/command", { channel, text: "status" });
        },
      },
    ],
    dismiss: () => {
      focusComposer(store);
      void ask("/api/start/dismiss", {});
    },
  };
}

const BROKEN = "orders-prod";

/** Seven steps, and about 40 seconds. */
const STORY = "revoked";
