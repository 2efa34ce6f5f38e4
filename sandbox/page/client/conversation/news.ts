import type { MessageView } from "../../protocol/slack-snapshot.ts";

/** The content of each known message by its `ts`, without replies. */
export type Known = ReadonlyMap<string, string>;

export interface Reader {
  /** The viewer reads the newest message, and has not scrolled up. */
  readonly following: boolean;
  /** The `ts` of the message in which the viewer pressed something last. */
  readonly pressed: string | undefined;
}

export interface News {
  /** The `ts` of the message to bring into view. */
  readonly show: string | undefined;
  /** That message answers the viewer, so a later edit of the pressed message does not. */
  readonly isAnswer: boolean;
  /** The `ts` of each new message that stays out of view. */
  readonly waiting: readonly string[];
}

export function knownOf(messages: readonly MessageView[]): Known {
  return new Map(messages.map((message) => [message.ts, JSON.stringify({ ...message, replies: [] })]));
}

/**
 * What to do about new and edited messages. An answer to the viewer always comes into view: a message that only the
 * viewer sees, or an edit of the message in which the viewer pressed something. A reader who follows sees the newest
 * message. Any other edit moves nothing.
 */
export function newsOf(before: Known, messages: readonly MessageView[], { following, pressed }: Reader): News {
  const fresh = messages.filter(({ ts }) => !before.has(ts));
  const edited = pressed === undefined ? undefined : messages.find(({ ts }) => ts === pressed && before.has(ts));
  const hasAnswer = edited !== undefined && knownOf([edited]).get(edited.ts) !== before.get(edited.ts);
  const answer = fresh.findLast(({ onlyYou }) => onlyYou) ?? (hasAnswer ? edited : undefined);
  const others = fresh.filter(({ onlyYou }) => !onlyYou).map(({ ts }) => ts);
  return {
    show: answer?.ts ?? (following ? others.at(-1) : undefined),
    isAnswer: answer !== undefined,
    waiting: following ? [] : others,
  };
}
