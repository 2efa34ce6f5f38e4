import { bold, date, rich, type Spans } from "../../guide/rich-text.ts";
import { RESTART } from "./revoked.ts";
import { NONE_WATCHED } from "./status.ts";

/** The Home's own texts. It shares others with status. */
export const home = {
  title: "WhatsApp tokens",
  openAlerts: "Open alerts",
  tokens: "Watched tokens",
  otherTokens: "Other watched tokens",

  headline: (sign: string, line: Spans): Spans => rich`${sign} ${line}`,
  updated: (at: Date): Spans => rich`Updated ${date(at)}`,
  visibleToAll: (): Spans => rich`Visible to everyone in this workspace`,
  visibleTo: (people: number): Spans =>
    rich`Visible to the ${people === 1 ? "one person" : `${people} people`} in ALLOWED_USERS`,

  nothingWatched: (): Spans => rich`${bold(NONE_WATCHED)}`,
  /** The first steps, in order. */
  beginning: (): readonly Spans[] => [
    rich`Create a token that does not expire. The guide leads you through Meta's pages, click by click.`,
    rich`Save the new token where your app reads it. ${RESTART} Then check it here.`,
    rich`Ask the person who runs this bot to set WHATSAPP_ACCESS_TOKEN or WATCHLIST. Then you see the token here.`,
  ],
} as const;
