import { describeSource } from "../../token/secret/source.ts";
import type { WriteTarget } from "../ports.ts";
import type { Place } from "../renewal.ts";

/**
 * The place that a target names. The key of a command is hashed, because the store must not contain its arguments.
 * @param hash a one-way function, such as SHA-256 in hex
 */
export function placeOf(target: WriteTarget, hash: (text: string) => string): Place {
  return { key: keyOf(target, hash), label: describeSource(target) };
}

function keyOf(target: WriteTarget, hash: (text: string) => string): string {
  switch (target.kind) {
    case "file":
      return `file:${target.path}`;
    case "dotenv":
      return `dotenv:${target.path}#${target.name}`;
    case "exec":
      return `exec:${hash(JSON.stringify(target.argv))}`;
  }
}
