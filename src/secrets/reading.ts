import { isUtf16 } from "./encoding.ts";

/** The text of a source, or the problem that prevented reading it. */
export type Reading =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      /** Completes "Could not read <source>: ", for example with "it does not exist. Create it…". Never the content. */
      readonly problem: string;
      /** True when nothing exists at that place. The caller decides whether that is an error. */
      readonly absent: boolean;
    };

/** A token has a few hundred characters, a .env file a few hundred lines. Anything larger is something else. */
export const MOST_BYTES = 64 * 1024;

export const TOO_LARGE = `it gives more than ${MOST_BYTES / 1024} KiB. Name a file or command that gives only the token.`;

export function failed(problem: string): Reading {
  return { ok: false, problem, absent: false };
}

export function absent(problem: string): Reading {
  return { ok: false, problem, absent: true };
}

/** Decodes UTF-8. Drops a byte order mark, unless it must be kept. */
export function decode(bytes: Uint8Array, keepMark = false): Reading {
  if (isUtf16(bytes)) return failed(UTF16);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: keepMark }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return failed(NOT_TEXT);
  }
  return text.split("").some(isControl) ? failed(NOT_TEXT) : { ok: true, text };
}

/** Returns the code of a system error (`ENOENT`), or undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

export const UTF16 = "it is UTF-16 text. Save it as UTF-8, for example with Set-Content -Encoding utf8 in PowerShell.";

const NOT_TEXT = "it is not plain text (UTF-8). Store the token as text.";

/** Control characters except tab, line feed and carriage return. Text does not contain them, but binary files do. */
function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  return code < 32 && code !== 9 && code !== 10 && code !== 13;
}
