import type { JsonObject } from "../json.ts";
import { checkKeys, checkString } from "./check.ts";
import type { Check } from "./check.ts";

/** An image block or element needs exactly one source and an alternative text of at most 2000 characters. */
export function checkImage(check: Check, image: JsonObject, at: string, keys: readonly string[]): void {
  checkKeys(check, image, at, keys);
  checkString(check, image, "alt_text", at, { max: 2000, required: true });
  checkString(check, image, "image_url", at, { max: 3000 });
  if ((image["image_url"] === undefined) === (image["slack_file"] === undefined)) {
    check.problem(at, "exactly one of image_url and slack_file is required");
  }
}
