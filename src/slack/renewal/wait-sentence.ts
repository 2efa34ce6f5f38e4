import { words } from "../../words/words.ts";

/** The answer to a person who acted too often. */
export function waitSentence(freeInMs: number): string {
  return words.renewal.forms.tooMany(Math.max(1, Math.ceil(freeInMs / 1_000)));
}
