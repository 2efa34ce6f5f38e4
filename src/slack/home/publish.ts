import type { HomeView } from "@slack/types";
import type { SlackDeps } from "../requests/deps.ts";
import { askedPauseMs, isRateLimit, refusalWord, troubleText } from "../transport/trouble.ts";

/** The result of publishing a Home. Errors hold no secret. */
export type Published =
  | { readonly kind: "done" }
  /** Slack asks the bot to wait. */
  | { readonly kind: "later"; readonly afterMs: number }
  /** The app's Home tab is off (`not_enabled`, views.publish, docs.slack.dev, read 2026-11). */
  | { readonly kind: "off" }
  /** Slack refused this person's Home. Other people may still get theirs. */
  | { readonly kind: "refused"; readonly error: string }
  /** Slack did not answer, so nobody gets a Home now. */
  | { readonly kind: "away"; readonly error: string };

/** Publishes a view as a person's Home. Never throws. */
export async function publishHome(
  { people }: Pick<SlackDeps, "people">,
  user: string,
  view: HomeView,
): Promise<Published> {
  try {
    await people.views.publish({ user_id: user, view });
    return { kind: "done" };
  } catch (error) {
    if (isRateLimit(error)) return { kind: "later", afterMs: askedPauseMs(error) || FALLBACK_WAIT_MS };
    const word = refusalWord(error);
    if (word === "not_enabled") return { kind: "off" };
    return word === undefined ? { kind: "away", error: troubleText(error) } : { kind: "refused", error: word };
  }
}

/** The wait after a 429 that names no time. */
const FALLBACK_WAIT_MS = 30_000;
