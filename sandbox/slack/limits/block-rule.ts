import type { JsonObject } from "../json.ts";
import type { Check, Surface } from "./check.ts";

export interface BlockRule {
  readonly surfaces: readonly Surface[];
  /** Allowed fields in addition to `type` and `block_id`. */
  readonly keys: readonly string[];
  readonly check: (check: Check, block: JsonObject, at: string) => void;
}
