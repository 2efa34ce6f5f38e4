import type { Book } from "../../watch/watch-book.ts";
import { words } from "../../words/words.ts";
import { actions } from "../kit/blocks.ts";
import { checkButton } from "../check/check-button.ts";
import { LONGEST_REPEATED } from "../kit/mrkdwn.ts";
import { noticeSpans } from "../kit/notice-view.ts";
import type { PrivateMessage } from "./request.ts";

/** The watch with this name. Case does not matter, because phones capitalise the first letter. */
export function findWatch<W>(watches: Book<W>, name: string): W | undefined {
  const exact = watches.get(name);
  if (exact !== undefined) return exact;
  const wanted = name.toLowerCase();
  for (const other of watches.keys()) if (other.toLowerCase() === wanted) return watches.get(other);
  return undefined;
}

/**
 * The answer to a name that no watch has: some names that exist.
 * @param names the first names
 * @param total the number of all names
 */
export function unknownWatchMessage(names: readonly string[], total: number, asked: string): PrivateMessage {
  if (names.length > 0) return noticeSpans(notices.unknownWatch(asked, LONGEST_REPEATED, names, total));
  const { text, blocks } = noticeSpans(notices.noneWatched());
  return { text, blocks: [...blocks, actions(checkButton())] };
}

const { notices } = words;
