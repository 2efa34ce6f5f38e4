import type { JsonObject } from "./json.ts";

/** A message as people see it now. A new object takes its place at every edit. */
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
  /** How many times it was edited; Slack shows "(edited)" from 1 on. */
  readonly edits: number;
  /** A thread reply that is shown in the channel too. */
  readonly broadcast: boolean;
  /** The one person who sees it; undefined when the whole channel does. */
  readonly onlyFor: string | undefined;
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
 * What stands in the channels, mirrored from emulate's answers so that it can be read without a request;
 * ephemeral messages live only here, as emulate gives no way to read them back.
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
