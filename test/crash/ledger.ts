import { isObject } from "../../sandbox/slack/json.ts";
import type { SlackWorkspace } from "../../sandbox/slack/workspace.ts";

/** A message that Slack took, whether or not the bot heard so. */
export interface Taken {
  /** Which start of the bot sent it, counted from 0. */
  readonly bot: number;
  readonly kind: "post" | "edit";
  /** By the bot's clock. */
  readonly at: Date;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  readonly text: string;
  /** What its buttons carry: the id of the alert or the group, once it is open. */
  readonly values: readonly string[];
  /** Slack's answer never reached the bot. */
  readonly unanswered: boolean;
}

/** Everything that Slack took, in order. */
export interface Ledger {
  readonly taken: () => readonly Taken[];
  /** What the bot says about itself without its store: that it cannot save, or can again. */
  readonly aboutSaving: () => readonly Taken[];
  /** From now on messages belong to the next start of the bot. */
  readonly nextBot: () => void;
  /** Which start of the bot that is. */
  readonly bot: () => number;
  /** Resolves at the next message, just before Slack's answer to it leaves; false when none comes in time. */
  readonly nextTaken: (withinMs: number) => Promise<boolean>;
}

const KINDS: Readonly<Record<string, Taken["kind"]>> = { "chat.postMessage": "post", "chat.update": "edit" };

/** The ids that all buttons in blocks and attachments carry; that of a group follows a word. */
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
