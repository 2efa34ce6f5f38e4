import { isObject } from "../../sandbox/slack/json.ts";
import type { SlackWorkspace } from "../../sandbox/slack/workspace.ts";

/** A message that Slack accepted, even if the bot did not receive the answer. */
export interface Taken {
  /** Number of the start of the bot that sent it, counted from 0. */
  readonly bot: number;
  readonly kind: "post" | "edit";
  /** Time on the bot's clock. */
  readonly at: Date;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  readonly text: string;
  /** Values of its buttons: the id of the alert or the group, while it is open. */
  readonly values: readonly string[];
  /** The bot did not receive Slack's answer. */
  readonly unanswered: boolean;
}

/** Every message that Slack accepted, in order. */
export interface Ledger {
  readonly taken: () => readonly Taken[];
  /** Messages that the bot sends without its store: that it cannot save, or can save again. */
  readonly aboutSaving: () => readonly Taken[];
  /** Assigns later messages to the next start of the bot. */
  readonly nextBot: () => void;
  /** Number of the current start of the bot. */
  readonly bot: () => number;
  /** Resolves at the next message, just before Slack sends its answer; false when there is none in time. */
  readonly nextTaken: (withinMs: number) => Promise<boolean>;
}

const KINDS: Readonly<Record<string, Taken["kind"]>> = { "chat.postMessage": "post", "chat.update": "edit" };

/** The ids in the values of all buttons in blocks and attachments. A prefix marks the id of a group. */
const valuesIn = (content: unknown): readonly string[] => {
  if (Array.isArray(content)) return content.flatMap(valuesIn);
  if (!isObject(content)) return [];
  const own = content["type"] === "button" && typeof content["value"] === "string" ? [idIn(content["value"])] : [];
  return [...own, ...["blocks", "elements", "accessory"].flatMap((key) => valuesIn(content[key]))];
};

const idIn = (value: string): string => value.replace(/^message:/, "");

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** @param now the bot's clock */
export const keepLedger = (slack: SlackWorkspace, now: () => Date): Ledger => {
  const taken: Taken[] = [];
  const aboutSaving: Taken[] = [];
  const waiting = new Set<() => void>();
  let bot = -1;
  slack.subscribe((event) => {
    if (event.type !== "call") return;
    const { method, args, response, fault } = event.call;
    const kind = KINDS[method];
    if (kind === undefined || !isObject(response) || response["ok"] !== true) return;
    const threadTs = args["thread_ts"];
    const text = textOf(args["text"]);
    const isAboutSaving = /wa-token can(?:not)? save/.test(text);
    (isAboutSaving ? aboutSaving : taken).push({
      bot,
      kind,
      at: now(),
      channel: textOf(response["channel"]),
      ts: textOf(response["ts"]),
      threadTs: typeof threadTs === "string" ? threadTs : undefined,
      text,
      values: [...valuesIn(args["blocks"]), ...valuesIn(args["attachments"])],
      unanswered: fault === "lost_reply",
    });
    if (!isAboutSaving) for (const tell of waiting) tell();
  });
  return {
    taken: () => taken,
    aboutSaving: () => aboutSaving,
    nextBot: () => {
      bot += 1;
    },
    bot: () => bot,
    nextTaken: (withinMs) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => resolve(false), withinMs);
      const tell = (): void => resolve(true);
      waiting.add(tell);
      return promise.finally(() => {
        clearTimeout(timer);
        waiting.delete(tell);
      });
    },
  };
};
