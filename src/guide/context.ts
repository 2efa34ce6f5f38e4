import { bold, code, rich } from "./rich-text.ts";
import type { Spans } from "./rich-text.ts";

/** Where an app reads its token, as far as people may see it. */
export type TokenPlace =
  | { readonly kind: "env"; readonly name: string }
  | { readonly kind: "dotenv"; readonly path: string; readonly name: string }
  | { readonly kind: "file"; readonly path: string }
  /** Only the command's name: its arguments may hold a path to a secret. */
  | { readonly kind: "exec"; readonly command: string };

/** What personalises the guide: the bot's configuration, or one watch of it. */
export interface GuideContext {
  /** Empty means "your app". */
  readonly appName: string;
  readonly appId?: string;
  readonly phoneNumberId?: string;
  readonly accountId?: string;
  readonly businessId?: string;
  /** The watch that all this belongs to; the guide was opened from its alert, its status or its result. */
  readonly watch?: string;
  readonly place?: TokenPlace;
}

const defaultAppName = "your app";
const maxNameLength = 60;
const maxPathLength = 200;
// Control characters could drive a terminal; bidirectional overrides could reorder the sentence around the name.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;

/** The app as the reader knows it: "your app", with its configured name in front and its id behind, if they are known. */
export function namedApp({ appName, appId }: GuideContext): Spans {
  const name = printable(appName, maxNameLength);
  const id = appId === undefined ? rich`` : rich` with the id ${code(printable(appId, maxNameLength))}`;
  return name === "" || name === defaultAppName ? rich`${defaultAppName}${id}` : rich`${bold(name)} (your app${id})`;
}

/** " (100…)" behind the thing that the id belongs to; nothing when the id is not known. */
export function knownId(id: string | undefined): Spans {
  return id === undefined ? rich`` : rich` (${code(printable(id, maxNameLength))})`;
}

/** A path or a name from the configuration, in one printable line. */
export function shownPlace(text: string): string {
  return printable(text, maxPathLength);
}

function printable(text: string, max: number): string {
  return Array.from(text.replace(unprintable, " ").trim()).slice(0, max).join("");
}
