// token/ is the core of the product: what a token is, what Graph's facts about it mean, and nothing about how they
// are fetched or shown. It imports node:crypto and its own files only. To add a finding: its code in finding.ts, the
// rule in a findings-*.ts, a row in the tests' tables.
import { createHmac } from "node:crypto";

/** Public on purpose: a token is too long to guess, and bot, CLI and replicas must agree without a shared key. */
const FINGERPRINT_LABEL = "wa-token/fingerprint/v1";

/**
 * No token is shorter. Nothing of a shorter value is shown: eight characters would be too much of it, and a reader of its
 * fingerprint could try out passwords and PINs.
 */
const SHORTEST_SHOWN = 50;

const HIDDEN = "[secret]";

/** A token or app secret that cannot be printed: strings, JSON, templates and inspection all show `[secret]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The one way out; use it only where a request is built. */
  static reveal(secret: Secret): string {
    return secret.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [Symbol.toPrimitive](): string {
    return HIDDEN;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return HIDDEN;
  }
}

/** The raw value. Every call is a place a reviewer must look at. */
export const reveal = (secret: Secret): string => Secret.reveal(secret);

/**
 * First 12 hex digits of HMAC-SHA-256 under the public label: names a token without showing it. Empty for values too
 * short to be a token, as the tail is.
 */
export const fingerprintOf = (secret: Secret): string => {
  const value = reveal(secret);
  if (value.length < SHORTEST_SHOWN) return "";
  return createHmac("sha256", FINGERPRINT_LABEL).update(value).digest("hex").slice(0, 12);
};

/** The last eight characters, enough to compare with Meta's page; empty for values too short to be a token. */
export const tailOf = (secret: Secret): string => {
  const value = reveal(secret);
  return value.length < SHORTEST_SHOWN ? "" : value.slice(-8);
};

/**
 * `appsecret_proof`: lower-case hex HMAC-SHA-256 of the token of that call, keyed with the app secret
 * (Business Management APIs, "Install apps and generate tokens", read 2026-11).
 */
export const proofOf = (token: Secret, appSecret: Secret): string =>
  createHmac("sha256", reveal(appSecret)).update(reveal(token)).digest("hex");
