import type { ModalView } from "@slack/types";
import { modal, section } from "../blocks.ts";

/** Shown from the submission until the answer is there. */
export const checkingView = (): ModalView =>
  modal("Check a token", [
    section("*Checking…*\nThis takes some seconds. If you close this window, the result comes as a direct message."),
  ]);
