import type { StartPath } from "../../protocol/requests.ts";
import type { RequestHandlers } from "../routes.ts";
import type { StartCard } from "./start-card.ts";

/** Handlers for the card's own buttons. */
export function createStartActions(card: StartCard): RequestHandlers<StartPath> {
  return {
    "/api/start/dismiss": async () => {
      card.dismiss();
      return { ok: true, problem: null };
    },
  };
}
