import type { Answer } from "./answer.ts";
import { nonexistingField } from "./error.ts";

/** An object of Graph: every field it knows, and those it answers when none is asked for. */
export interface GraphNode {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly defaults: readonly string[];
}

/** The names in `fields=a,b{c,d},e.limit(1)`; what stands in braces or parentheses is not looked at. */
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

/** The fields asked for, or the default ones. `id` always comes along; one unknown name fails the whole call. */
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
