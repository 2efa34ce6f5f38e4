import { command, rich, type Spans } from "../../guide/rich-text.ts";
import { TRY_ONE } from "./notices.ts";
import { foreign } from "../values.ts";

const WHAT_NOW = "What to do now";

/** The texts of `/wa-token help`. */
export const help = {
  title: "WhatsApp token help",
  unknown: (word: string, max: number): Spans => rich`There is no command “${foreign(word, max)}”. ${TRY_ONE}`,
  /** The words after the command, and what each does. */
  commands: [
    ["guide", "create a token that does not expire, step by step"],
    ["guide expired", "open one topic of the guide, such as expired, permissions, leak, or an error code like 190"],
    ["check", "open a private form to check whether a token works, until when, and with which permissions"],
    ["check NAME", "open the same form for one watched token"],
    ["status", "list all watched tokens, worst first"],
    ["status open", "list only the tokens with an open alert"],
    ["status NAME", "show the state, the facts and the history of one watched token"],
    ["status PART", "find watched tokens by a part of their name"],
    ["help", "show this list"],
  ],
  line: (words: string, what: string): Spans => rich`${command(words)}  ${what}`,
  privacy: (): Spans =>
    rich`Only you see the results. Never type a token after the command: Slack stores what you type.`,

  leak: {
    title: "Treat this token as leaked",
    what: (): Spans =>
      rich`The text that you typed after the command looks like a token. The bot did not use it, but Slack has stored it.`,
    todo: (): Spans =>
      rich`Revoke this token, generate a new one, and save the new one in your app. To check a token, use the form.`,
    inText: (what: Spans, todo: Spans): Spans => rich`Warning: ${what} ${todo}`,
    guide: WHAT_NOW,
    guideLabel: `${WHAT_NOW}: the guide for a leaked token`,
  },
} as const;
