import { isUtf16 } from "./encoding.ts";

/** Text read from a source, or what went wrong. */
export type Reading =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      /** "it does not exist. Create it…": follows "Could not read <source>: "; never the content. */
      readonly problem: string;
      /** There is nothing at that place, which may be no fault. */
      readonly absent: boolean;
    };

/** A token is some hundred characters, a .env file some hundred lines; anything larger is something else. */
export const MOST_BYTES = 64 * 1024;

export const TOO_LARGE = `it gives more than ${MOST_BYTES / 1024} KiB. Name a file or command that gives the token alone.`;

const UTF16 = "it is UTF-16 text. Save it as UTF-8; in PowerShell, Set-Content -Encoding utf8 does.";

const NOT_TEXT = "it is not plain text (UTF-8). Store the token as text.";

export const failed = (problem: string): Reading => ({ ok: false, problem, absent: false });

export const absent = (problem: string): Reading => ({ ok: false, problem, absent: true });

/** Control characters but tab, line feed and carriage return: bytes of a program, an archive, UTF-16. */
const isControl = (character: string): boolean => {
  const code = character.charCodeAt(0);
  return code < 32 && code !== 9 && code !== 10 && code !== 13;
};

/** Bytes as text; a byte order mark is dropped. */
export const decode = (bytes: Uint8Array): Reading => {
  if (isUtf16(bytes)) return failed(UTF16);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return failed(NOT_TEXT);
  }
  return text.split("").some(isControl) ? failed(NOT_TEXT) : { ok: true, text };
};

/** The code of an error of the system (`ENOENT`); undefined for an error that is not one. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
