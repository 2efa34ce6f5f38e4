import type { Button } from "@slack/types";
import { button } from "../blocks.ts";
import { CHECK } from "./ids.ts";

/** Opens the form from anywhere, here and in other features. */
export const checkButton = (style?: "primary"): Button =>
  button({
    id: CHECK.open,
    text: "Check a token",
    label: "Check a token: opens a private form",
    ...(style === undefined ? {} : { style }),
  });
