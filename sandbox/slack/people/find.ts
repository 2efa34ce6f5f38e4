import { asString, isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { placedElements } from "../views/fields.ts";
import type { Placed } from "../views/fields.ts";
import type { Target } from "./driver.ts";

/**
 * The first element that matches. Throws when there is none, with a list of the visible elements: a person can only use
 * an element that is visible.
 */
export function findElement(blocks: readonly JsonObject[], target: Target, kinds?: RegExp): Placed {
  const wanted = typeof target === "string" ? { actionId: target } : target;
  const all = placedElements(blocks).filter((placed) => kinds === undefined || kinds.test(placed.kind));
  const found = all.find(
    (placed) =>
      fits(placed.actionId, wanted.actionId) &&
      fits(placed.blockId, wanted.blockId) &&
      fits(writtenOn(placed), wanted.text) &&
      (wanted.value === undefined || placed.element["value"] === wanted.value),
  );
  if (found !== undefined) return found;
  const seen = all.map((placed) => `${placed.kind} ${placed.actionId} "${writtenOn(placed)}"`).join(", ");
  throw new Error(`There is no such element: ${describe(wanted)}. Visible elements: ${seen === "" ? "none" : seen}.`);
}

function fits(value: string, wanted: string | RegExp | undefined): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === "string" ? value === wanted : wanted.test(value);
}

function writtenOn(placed: Placed): string {
  const own = placed.element["text"];
  const label = placed.block["label"];
  const text = isObject(own) ? own["text"] : isObject(label) ? label["text"] : undefined;
  return asString(text) ?? "";
}

function describe(target: Readonly<Record<string, unknown>>): string {
  return Object.entries(target)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(", ");
}
