import { code, listed } from "./mrkdwn.ts";
import { noticeMessage } from "./notice-view.ts";
import type { PrivateMessage } from "./request.ts";
import { section } from "./blocks.ts";

/** The watch of this name; case is forgiven, because phones write the first letter large. */
export const findWatch = <W extends { readonly name: string }>(watches: readonly W[], name: string): W | undefined =>
  watches.find((watch) => watch.name === name) ??
  watches.find((watch) => watch.name.toLowerCase() === name.toLowerCase());

/** The answer to a name that no watch has: which names there are. */
export const unknownWatchMessage = (names: readonly string[], asked: string): PrivateMessage => {
  if (names.length === 0)
    return noticeMessage("No token is watched here. Set WHATSAPP_ACCESS_TOKEN or a WATCHLIST for the bot.");
  const text = `No watch is called ${code(asked)}. There are: ${listed(
    names.map((name) => code(name)),
    2_000,
  )}.`;
  return { text, blocks: [section(text)] };
};
