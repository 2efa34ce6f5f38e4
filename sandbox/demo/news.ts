import type { MessageView, ModalView, SlackSnapshot } from "../page/protocol/slack-snapshot.ts";

/** The part of a person's screen that changed. */
export interface News {
  /** New and changed messages in the order of the page, each thread after its message. */
  readonly messages: readonly { readonly message: MessageView; readonly isNew: boolean }[];
  /** The modal on top, if it is new or changed. */
  readonly modal: ModalView | undefined;
}

/** Compares two views of one person's screen. Without a view before, everything is new. Pure. */
export function newsSince(before: SlackSnapshot | undefined, now: SlackSnapshot): News {
  const seen = new Map(before === undefined ? [] : messagesOf(before).map((message) => [keyOf(message), message]));
  const messages = messagesOf(now).flatMap((message) => {
    const old = seen.get(keyOf(message));
    return old !== undefined && contentOf(old) === contentOf(message) ? [] : [{ message, isNew: old === undefined }];
  });
  const { modal } = now;
  const isSame = modal === null || (modal.id === before?.modal?.id && modal.hash === before.modal.hash);
  return { messages, modal: isSame ? undefined : modal };
}

/** A reply that also appears in the channel is only counted in its thread. */
function messagesOf({ conversations }: SlackSnapshot): readonly MessageView[] {
  return conversations
    .flatMap(({ messages }) => messages)
    .filter(({ replyTo }) => replyTo === null)
    .flatMap((message) => [message, ...message.replies]);
}

function keyOf({ channel, ts }: MessageView): string {
  return `${channel} ${ts}`;
}

function contentOf({ text, blocks, attachments }: MessageView): string {
  return JSON.stringify([text, blocks, attachments]);
}
