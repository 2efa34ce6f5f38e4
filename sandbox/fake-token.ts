import { createHash } from "node:crypto";

/**
 * Builds a string shaped like a WhatsApp access token, always the same for a seed.
 * Made at run time so that no file holds anything that looks like a real token to a secret scanner.
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
