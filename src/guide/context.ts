import { bold, code, rich } from "./rich-text.ts";
import type { Spans } from "./rich-text.ts";
import type { Source } from "../token/secret/source.ts";

/** Where an app reads its token. Holds only values that everybody may see. */
export type TokenPlace =
  | Exclude<Source, { readonly kind: "exec" }>
  /** Only the name of the command, because its arguments may hold the path of a secret. */
  | { readonly kind: "exec"; readonly command: string };

/** The values that personalise the guide. They come from the configuration, or from one watch in it. */
export interface GuideContext {
  /** An empty name means "your app". */
  readonly appName: string;
  readonly appId?: string;
  readonly phoneNumberId?: string;
  readonly accountId?: string;
  readonly businessId?: string;
  /** The watch that these values belong to, when a person opened the guide from its alert, status or result. */
  readonly watch?: string;
  readonly place?: TokenPlace;
}

/** "your app", with the configured name before it and the app ID after it, if the configuration has them. */
export function namedApp({ appName, appId }: GuideContext): Spans {
  const name = printable(appName, maxNameLength);
  const id = appId === undefined ? rich`` : rich` with the ID ${code(printable(appId, maxNameLength))}`;
  return name === "" || name === defaultAppName ? rich`${defaultAppName}${id}` : rich`${bold(name)} (your app${id})`;
}

/** " (100…)" to put after the thing that the ID belongs to. Empty if the ID is not known. */
export function knownId(id: string | undefined): Spans {
  return id === undefined ? rich`` : rich` (${code(printable(id, maxNameLength))})`;
}

/** A path or a name from the configuration, as one printable line. */
export function shownPlace(text: string): string {
  return printable(text, maxPathLength);
}

const defaultAppName = "your app";
const maxNameLength = 60;
const maxPathLength = 200;

// Control characters could drive a terminal; bidirectional overrides could reorder the sentence around the name.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;

function printable(text: string, max: number): string {
  return Array.from(text.replace(unprintable, " ").trim()).slice(0, max).join("");
}
