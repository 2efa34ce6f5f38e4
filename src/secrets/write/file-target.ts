import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { WriteTarget } from "../../renewal/ports.ts";
import type { Place } from "../../renewal/renewal.ts";
import { redact } from "../../token/secret/shape.ts";
import { describeSource } from "../../token/secret/source.ts";
import { systemCode } from "../reading.ts";

export type FileTarget = Extract<WriteTarget, { kind: "file" | "dotenv" }>;

/**
 * The place of a target. Two paths that lead to the same file have the same key. The key is stored, so it is a hash: a
 * command's arguments may contain a secret.
 */
export function placeOf(target: WriteTarget): Place {
  const parts = target.kind === "exec" ? target.argv : [realPathOf(target.path), ...nameOf(target)];
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, HASH_DIGITS);
  return { key: `${target.kind === "exec" ? "exec" : "file"}:${hash}`, label: labelOf(target) };
}

/** The target in a sentence for people. */
export function labelOf(target: WriteTarget): string {
  return redact(describeSource(target));
}

const HASH_DIGITS = 32;

function nameOf(target: FileTarget): readonly string[] {
  return target.kind === "dotenv" ? [`#${target.name}`] : [];
}

/** A file that does not exist yet has the real path of its folder. */
function realPathOf(path: string): string {
  const places = [() => realpathSync(path), () => join(realpathSync(dirname(path)), basename(path))];
  for (const place of places) {
    try {
      return place();
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
    }
  }
  return resolve(path);
}
