import { command, rich, type Spans } from "../../guide/rich-text.ts";
import { foreign } from "../values.ts";

/** The texts of `/wa-token help`. */
export const help = {
  title: "WhatsApp token help",
  unknown: (word: string, max: number): Spans => rich`There is no command “${foreign(word, max)}”. Try one of these:`,
  /** The words after the command, and the result of each. */
  commands: [
    ["guide", "how to create a token that does not expire, step by step"],
    ["guide expired", "one topic: expired, permissions, system users, leak, 190…"],
    ["check", "does a token work, until when, and with which permissions? Opens a private form"],
    ["check NAME", "the same for one watched token"],
    ["status", "every watched token, worst first"],
    ["status open", "only tokens with an open alert"],
    ["status NAME", "everything about one token"],
    ["help", "this list"],
  ],
  line: (words: string, what: string): Spans => rich`${command(words)}  ${what}`,
  privacy: (): Spans =>
    rich`Only you see the answers. Never type a token after the command: Slack stores what you type.`,

  leak: {
    title: "Treat this token as leaked",
    what: (): Spans =>
      rich`The text that you typed after the command looks like a token. The bot did not use it, but Slack has stored it.`,
    todo: (): Spans =>
      rich`Revoke this token, generate a new one, and save the new one in your app. To check a token, use the form.`,
    inText: (what: Spans, todo: Spans): Spans => rich`Warning: ${what} ${todo}`,
    guide: "What to do now",
    guideLabel: "What to do now: the guide for a leaked token",
  },
} as const;
