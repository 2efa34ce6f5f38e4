// token/ is the core of the product: the definition of a token, and the meaning of Graph's facts about it. It does not
// fetch or show these facts. It imports only node:crypto and its own files. To add a finding: add its row in
// findings/catalogue.ts, its rule in a findings-*.ts, and a row in the tables of the tests.
import { createHmac } from "node:crypto";

/** A token or app secret that cannot be printed. Strings, JSON, templates and inspection all show `[secret]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The only way to read the value. Use it only where a request is built. */
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

/** The raw value. Reviewers must look at every call. */
export function reveal(secret: Secret): string {
  return Secret.reveal(secret);
}

/**
 * Length in characters of the shortest token. No part of a shorter value is shown. Eight characters would be too much
 * of it, and a password or PIN could be guessed from its fingerprint.
 */
export const SHORTEST_TOKEN = 50;

/**
 * The first 12 hex digits of HMAC-SHA-256 under the public label. It identifies a token without showing it. Empty for a
 * value that is too short to be a token.
 */
export function fingerprintOf(secret: Secret): string {
  const value = reveal(secret);
  if (value.length < SHORTEST_TOKEN) return "";
  return createHmac("sha256", FINGERPRINT_LABEL).update(value).digest("hex").slice(0, 12);
}

/** The last 8 characters, enough to compare with Meta's page. Empty for a value that is too short to be a token. */
export function tailOf(secret: Secret): string {
  const value = reveal(secret);
  return value.length < SHORTEST_TOKEN ? "" : value.slice(-8);
}

/**
 * `appsecret_proof`: lower-case hex HMAC-SHA-256 of the token of that call, keyed with the app secret (Business
 * Management APIs, "Install apps and generate tokens", read 2026-11).
 */
export function proofOf(token: Secret, appSecret: Secret): string {
  return createHmac("sha256", reveal(appSecret)).update(reveal(token)).digest("hex");
}

/**
 * Public on purpose: a token is too long to guess. The bot, the CLI and all replicas must agree without a shared key.
 */
const FINGERPRINT_LABEL = "wa-token/fingerprint/v1";

const HIDDEN = "[secret]";
