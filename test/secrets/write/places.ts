import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { expect } from "vitest";
import { reveal, Secret } from "../../../src/token/secret/secret.ts";
import { NEW, OLD } from "./outcome.ts";

/** The message of a refusal, which must show no token. */
export const refusal = (result: object): string => {
  const message = "message" in result && typeof result.message === "string" ? result.message : JSON.stringify(result);
  for (const token of [OLD, NEW]) expect(message).not.toContain(token.slice(0, 20));
  return message;
};

/** The value that `check` or `previous` found. */
export const heldIn = (result: { readonly ok: boolean; readonly secret?: Secret | null }): string | null | undefined =>
  result.secret instanceof Secret ? reveal(result.secret) : result.secret;

export const textOf = (path: string): Promise<string> => readFile(path, "utf8");

export const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o7777;

/** Files beside this one, except itself and its `.previous`. */
export const leftBeside = async (path: string): Promise<readonly string[]> =>
  (await readdir(dirname(path))).filter((name) => name.startsWith(`.${basename(path)}.`) && name.endsWith("-tmp"));

export const exists = async (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
