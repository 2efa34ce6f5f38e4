import type { HomeView } from "@slack/types";
import { words } from "../../words/words.ts";
import { header, section } from "../kit/blocks.ts";
import { escapeMrkdwn } from "../kit/mrkdwn.ts";

/** A Home with one sentence: the person has no access, or an error occurred. */
export function noticeHome(sentence: string): HomeView {
  return {
    type: "home",
    blocks: [header(words.home.title), section(escapeMrkdwn(sentence))],
  };
}
