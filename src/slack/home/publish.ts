import type { HomeView } from "@slack/types";
import type { SlackDeps } from "../deps.ts";
import { askedPauseMs, isRateLimit, refusalWord, troubleText } from "../trouble.ts";

/** What became of a Home; errors hold no secret. */
export type Published =
  | { readonly kind: "done" }
  /** Slack asks to wait. */
  | { readonly kind: "later"; readonly afterMs: number }
  /** The app's Home tab is off (`not_enabled`, views.publish, docs.slack.dev, read 2026-11). */
  | { readonly kind: "off" }
  /** Not for this person. */
  | { readonly kind: "refused"; readonly error: string }
  /** Slack is away: for nobody now. */
  | { readonly kind: "away"; readonly error: string };

/** Where a 429 names no time. */
const FALLBACK_WAIT_MS = 30_000;

/** Puts a view into a person's Home. Never throws. */
export const publishHome = async (
  { people }: Pick<SlackDeps, "people">,
  user: string,
  view: HomeView,
): Promise<Published> => {
  try {
    await people.views.publish({ user_id: user, view });
    return { kind: "done" };
  } catch (error) {
    if (isRateLimit(error)) return { kind: "later", afterMs: askedPauseMs(error) || FALLBACK_WAIT_MS };
    const word = refusalWord(error);
    if (word === "not_enabled") return { kind: "off" };
    return word === undefined ? { kind: "away", error: troubleText(error) } : { kind: "refused", error: word };
  }
};
