import { createHash } from "node:crypto";

/**
 * Builds a string in the form of a WhatsApp access token, always the same for one seed. It is built at run time,
 * because secret scanners would report a file with such a text.
 */
export function fakeToken(seed: string, length = 180): string {
  let body = "";
  for (let part = 0; body.length < length; part += 1) {
    body += createHash("sha256")
      .update(`${seed}/${part}`)
      .digest("base64")
      .replaceAll(/[^A-Za-z0-9]/g, "");
  }
  return `EAA${body}`.slice(0, length);
}
