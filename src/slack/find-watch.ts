import { actions, section } from "./blocks.ts";
import { checkButton } from "./check/check-button.ts";
import { code, LONGEST_REPEATED, listed } from "./mrkdwn.ts";
import type { PrivateMessage } from "./request.ts";

/** The watch of this name; case is forgiven, because phones write the first letter large. */
export const findWatch = <W extends { readonly name: string }>(watches: readonly W[], name: string): W | undefined =>
  watches.find((watch) => watch.name === name) ??
  watches.find((watch) => watch.name.toLowerCase() === name.toLowerCase());

const NONE_WATCHED =
  "No token is watched here yet, so there is none to name. The person who runs this bot can add them. You can check any token in a private form.";

/** The answer to a name that no watch has: which names there are. */
export const unknownWatchMessage = (names: readonly string[], asked: string): PrivateMessage => {
  if (names.length === 0) return { text: NONE_WATCHED, blocks: [section(NONE_WATCHED), actions(checkButton())] };
  const text = `No watch is called ${code(asked, LONGEST_REPEATED)}. Try one of these: ${listed(
    names.map((name) => code(name)),
    2_000,
  )}.`;
  return { text, blocks: [section(text)] };
};
