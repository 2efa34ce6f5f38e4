import type { Answer } from "./answer.ts";
import { nonexistingField } from "./error.ts";

/** A Graph object: all its fields, and the names of the fields that Graph returns by default. */
export interface GraphNode {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly defaults: readonly string[];
}

/** The names in `fields=a,b{c,d},e.limit(1)`; text in braces or parentheses is ignored. */
export function fieldNames(asked: string): string[] {
  let flat = asked;
  for (let before = ""; before !== flat;) {
    before = flat;
    flat = flat.replaceAll(/\{[^{}]*\}|\([^()]*\)/g, "");
  }
  return flat
    .split(",")
    .map((name) => name.trim().replace(/\..*$/, ""))
    .filter((name) => name !== "");
}

/** The requested fields, or the default ones. `id` is always included; one unknown name fails the whole call. */
export function selectFields(node: GraphNode, asked: string | null): Answer {
  const names = asked === null || asked === "" ? node.defaults : fieldNames(asked);
  const body: Record<string, unknown> = {};
  for (const name of names) {
    if (!Object.hasOwn(node.fields, name)) return { error: nonexistingField(name, node.type) };
    body[name] = node.fields[name];
  }
  if (Object.hasOwn(node.fields, "id")) body["id"] = node.fields["id"];
  return { body };
}
