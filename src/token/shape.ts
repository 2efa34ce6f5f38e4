import { hideHeldPieces } from "./held.ts";

/** Outer white space is never part of a token. */
export const trimToken = (text: string): string => text.trim();

/**
 * Tokens and app tokens of Meta, Slack tokens, and the parameters that carry them, anywhere in a text; also right after
 * an underscore, where `\b` would see no border.
 */
const TOKEN_SHAPED: readonly RegExp[] = [
  /(?<![0-9A-Za-z])(?:EAA|CAA)[0-9A-Za-z_-]{20,}/g,
  /(?<![0-9A-Za-z])(?:IG|TH)AA[0-9A-Za-z_-]{20,}/g,
  /(?<![0-9])\d{13,18}(?:\||%7C)[0-9A-Za-z_-]{16,}/gi,
  /(?<![0-9A-Za-z])x(?:ox[a-z]|app)-[0-9A-Za-z-]{10,}/g,
  /(?<![0-9A-Za-z])[0-9A-Za-z]{80,}/g,
];

const SECRET_PARAMETER =
  /\b(access_token|input_token|fb_exchange_token|revoke_token|client_secret|appsecret_proof)=[^\s&"'<>]+/gi;

/** True when a text holds something that must not be shown or sent: the person is told to treat it as leaked. */
export const containsTokenShape = (text: string): boolean => TOKEN_SHAPED.some((pattern) => text.search(pattern) >= 0);

/**
 * What may be a secret where a person types: the form takes any fifty characters as a token, and an app secret is 32 hex
 * digits. Too wide for paths and ids in a configuration, and for Graph's own sentences.
 */
const TYPED_SECRETS: readonly RegExp[] = [
  /[0-9A-Za-z]{50,}/,
  /(?<![0-9A-Za-z])[0-9A-Fa-f]{32}(?![0-9A-Za-z])/,
  new RegExp(SECRET_PARAMETER.source, "i"),
];

/**
 * The text with everything token-shaped, and every piece of a secret that the process holds, replaced by `[redacted]`.
 * Every text from outside passes here before it is logged, stored or shown.
 */
export const redact = (text: string): string =>
  TOKEN_SHAPED.reduce(
    (clean, pattern) => clean.replace(pattern, "[redacted]"),
    hideHeldPieces(text).replace(SECRET_PARAMETER, "$1=[redacted]"),
  );

/** The same for text that a person typed where it must not hold a secret, pieces included; better too careful. */
export const mayHoldSecret = (text: string): boolean =>
  redact(text) !== text || TYPED_SECRETS.some((pattern) => pattern.test(text));
