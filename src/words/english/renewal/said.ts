import { rich, type Spans } from "../../../guide/rich-text.ts";
import { foreign } from "../../values.ts";

/** A text from outside as a sentence. It gets a full stop if it has no end mark. */
export function said(text: string): Spans {
  const { text: shown } = foreign(text, LONGEST);
  return rich`${/[.!?…]$/.test(shown) ? shown : `${shown}.`}`;
}

/** Room for a path, the reason and the way on. */
const LONGEST = 320;
