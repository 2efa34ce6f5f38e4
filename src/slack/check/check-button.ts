import type { Button } from "@slack/types";
import { words } from "../../words/words.ts";
import { button } from "../kit/blocks.ts";
import { CHECK } from "./ids.ts";

/** The button that opens the form, for this feature and others. */
export function checkButton(style?: "primary"): Button {
  return button({
    id: CHECK.open,
    text: words.checkForm.open,
    label: words.checkForm.openLabel,
    ...(style === undefined ? {} : { style }),
  });
}
