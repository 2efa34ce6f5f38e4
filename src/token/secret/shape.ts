import { hideHeldPieces } from "./held.ts";

/** White space around a token is never part of it. */
export function trimToken(text: string): string {
  return text.trim();
}

/**
 * True when a text contains something token-shaped. It must not be shown or sent, and people must treat it as leaked.
 */
export function containsTokenShape(text: string): boolean {
  return TOKEN_SHAPED.some((pattern) => text.search(pattern) >= 0);
}

/** Everything token-shaped in a text, by kind: first tokens of Meta, then app tokens, then the other shapes. */
export function tokenShapesIn(text: string): readonly string[] {
  const found: string[] = [];
  TOKEN_SHAPED.reduce(
    (rest, pattern) =>
      rest.replace(pattern, (match) => {
        found.push(match);
        return " ";
      }),
    text,
  );
  return found;
}

/**
 * Replaces everything token-shaped, and every piece of a secret that the process holds, with `[redacted]`. Every
 * external text goes through this function before it is logged, stored or shown.
 */
export function redact(text: string): string {
  return TOKEN_SHAPED.reduce(
    (clean, pattern) => clean.replace(pattern, "[redacted]"),
    hideHeldPieces(text).replace(SECRET_PARAMETER, "$1=[redacted]"),
  );
}

/**
 * Like `redact`, but stricter: true when typed text may contain a secret or a piece of one. A false alarm is better
 * than a leak.
 */
export function mayHoldSecret(text: string): boolean {
  return redact(text) !== text || TYPED_SECRETS.some((pattern) => pattern.test(text));
}

/**
 * Access tokens and app tokens of Meta, Slack tokens, and any long run of letters and digits. The patterns use
 * lookbehind, because `\b` sees no border after an underscore.
 */
const TOKEN_SHAPED: readonly RegExp[] = [
  /(?<![0-9A-Za-z])(?:EAA|CAA)[0-9A-Za-z_-]{20,}/g,
  /(?<![0-9A-Za-z])(?:IG|TH)AA[0-9A-Za-z_-]{20,}/g,
  /(?<![0-9])\d{13,18}(?:\||%7C)[0-9A-Za-z_-]{16,}/gi,
  /(?<![0-9A-Za-z])x(?:ox[a-z]|app)-[0-9A-Za-z-]{10,}/g,
  /(?<![0-9A-Za-z])[0-9A-Za-z]{80,}/g,
];

/** URL parameters that contain a token or secret. */
const SECRET_PARAMETER =
  /\b(access_token|input_token|fb_exchange_token|revoke_token|client_secret|appsecret_proof)=[^\s&"'<>]+/gi;

/**
 * Patterns for possible secrets in text that a person types. The check form accepts any 50 characters as a token, and
 * an app secret is 32 hex digits. Paths and IDs in a configuration also match, as do Graph's own messages. So these
 * patterns are not used there.
 */
const TYPED_SECRETS: readonly RegExp[] = [
  /[0-9A-Za-z]{50,}/,
  /(?<![0-9A-Za-z])[0-9A-Fa-f]{32}(?![0-9A-Za-z])/,
  new RegExp(SECRET_PARAMETER.source, "i"),
];
