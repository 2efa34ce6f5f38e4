import type { JsonObject } from "../json.ts";
import type { Check } from "./check.ts";

/** The kinds of block that hold elements. */
export type Holder = "actions" | "section" | "input" | "context" | "context_actions" | "card";

export interface ElementRule {
  readonly holders: readonly Holder[];
  /** Allowed fields in addition to `type` and `action_id`. */
  readonly keys: readonly string[];
  readonly check: (check: Check, element: JsonObject, at: string) => void;
}

export const MENU_HOLDERS: readonly Holder[] = ["actions", "section", "input"];
