import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { createSourceReader, type SourceReaderOptions } from "../../src/secrets/reader.ts";
import { reveal } from "../../src/token/secret/secret.ts";
import type { Source, SourceReading } from "../../src/token/secret/source.ts";
import { fakeToken } from "../support/fake-token.ts";

/** Every reading in these tests must find this token, and no message may show it. */
export const TOKEN = fakeToken("deployed");

export const read = async (source: Source, options: Partial<SourceReaderOptions> = {}): Promise<SourceReading> =>
  createSourceReader({ env: {}, dotenvPath: undefined, ownSecretNames: [], ...options })(source);

/** Returns the value and the note of a successful reading. */
export const valueOf = (reading: SourceReading): { value: string; note: string | null } =>
  reading.ok
    ? { value: reveal(reading.secret), note: reading.note }
    : { value: `not ok: ${reading.message}`, note: null };

/** Returns the message of a failed reading, and checks that it does not show the token. */
export const messageOf = (reading: SourceReading): string => {
  const message = reading.ok ? "it was read" : reading.message;
  expect(message).not.toContain(TOKEN);
  expect(message).not.toContain(TOKEN.slice(0, 20));
  return message;
};

/** A new folder for each test. */
export const useFolder = () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "wa-token-secrets-"));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));
  const path = (...names: readonly string[]): string => join(folder, ...names);
  return {
    path,
    write: async (name: string, content: string | Uint8Array): Promise<string> => {
      await writeFile(path(name), content);
      return path(name);
    },
  };
};
