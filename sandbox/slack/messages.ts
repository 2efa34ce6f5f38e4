import type { JsonObject } from "./json.ts";

/** A message as people see it now. Each edit replaces it with a new object. */
export interface SeenMessage {
  /** Channel id; a DM has one too. */
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly attachments: readonly JsonObject[];
  readonly metadata: unknown;
  /** User id of the author: the bot's or a person's. */
  readonly user: string;
  /** Number of edits; Slack shows "(edited)" from the first edit on. */
  readonly edits: number;
  /** A thread reply that also appears in the channel. */
  readonly broadcast: boolean;
  /** Id of the only person who sees an ephemeral message; undefined when the whole channel sees it. */
  readonly onlyFor: string | undefined;
  /** Identifies the press that this ephemeral message answers. Answers to the same press have the same value. */
  readonly answers?: string;
}

export interface Messages {
  readonly put: (message: SeenMessage) => void;
  readonly find: (channel: string, ts: string) => SeenMessage | undefined;
  readonly remove: (channel: string, ts: string) => void;
  /** In the order they were posted. */
  readonly in: (channel: string) => readonly SeenMessage[];
  readonly ephemeralsOf: (userId: string) => readonly SeenMessage[];
}

/**
 * The messages in the channels, copied from emulate's answers so that reading them needs no request. Ephemeral messages
 * exist only here, because emulate offers no way to read them back.
 */
export function createMessages(onChange: () => void): Messages {
  let all: readonly SeenMessage[] = [];
  const same = (message: SeenMessage, channel: string, ts: string): boolean =>
    message.channel === channel && message.ts === ts;
  return {
    put: (message) => {
      const known = all.some((other) => same(other, message.channel, message.ts));
      all = known
        ? all.map((other) => (same(other, message.channel, message.ts) ? message : other))
        : [...all, message];
      onChange();
    },
    find: (channel, ts) => all.find((message) => same(message, channel, ts)),
    remove: (channel, ts) => {
      all = all.filter((message) => !same(message, channel, ts));
      onChange();
    },
    in: (channel) => all.filter((message) => message.channel === channel && message.onlyFor === undefined),
    ephemeralsOf: (userId) => all.filter((message) => message.onlyFor === userId),
  };
}
