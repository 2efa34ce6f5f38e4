import type { WriteTarget, Written } from "../../../src/renewal/ports.ts";
import { createTokenWriter, type TokenWriterOptions } from "../../../src/secrets/write/token-writer.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";

export const OLD = fakeToken("old");
export const NEW = fakeToken("new");

export const writer = (options: Partial<TokenWriterOptions> = {}) =>
  createTokenWriter({ env: {}, ownSecretNames: [], ...options });

export const fileAt = (path: string): WriteTarget => ({ kind: "file", path });
export const keyAt = (path: string, name = "TOKEN"): WriteTarget => ({ kind: "dotenv", path, name });

export const save = (target: WriteTarget, options?: Partial<TokenWriterOptions>): Promise<Written> =>
  writer(options).save(target, new Secret(NEW), new Secret(OLD));
