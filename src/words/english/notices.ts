import { rich, type Spans } from "../../guide/rich-text.ts";
import { listedWithin } from "../listed-within.ts";
import { coded, counted } from "../values.ts";
import { NONE_WATCHED } from "./status.ts";

export const TRY_ONE = "Try one of these:";

/** Short answers about access and errors. */
export const notices = {
  title: "WhatsApp token",

  access: {
    notKnown: "The bot does not know yet who may use it. Try again in a minute.",
    elsewhere: "Only people of the workspace that installed this bot can use it.",
    organisation: "Only people of the workspace that installed this bot, and people in ALLOWED_USERS, can use it.",
    notAllowed: "You are not in ALLOWED_USERS. Ask the person who runs this bot to add you.",
  },

  /** Checks, pasted tokens and renewals have one limit. */
  tooMany: (seconds: number): string =>
    `You made five checks or renewals within a minute. Try again in ${counted(seconds, "second")}.`,

  outdated: "This button or form belongs to an older version of the bot. Start again with /wa-token.",
  error: (id: string): string =>
    `Something went wrong on our side, and nothing changed. Try again. If it happens again, quote ${id} to the person who runs this bot.`,

  noneWatched: (): Spans =>
    rich`${NONE_WATCHED} The person who runs it can add one. You can check any token in a private form.`,
  unknownWatch: (asked: string, max: number, names: readonly string[], total: number): Spans =>
    rich`No watch is called ${coded(asked, max)}. ${TRY_ONE} ${listedWithin(
      names.map((name) => [coded(name)]),
      LONGEST_LIST,
      total,
    )}.`,
} as const;

const LONGEST_LIST = 2_000;
