import type { HomeView } from "@slack/types";
import { words } from "../../words/words.ts";
import { header, section } from "../blocks.ts";
import { escapeMrkdwn } from "../mrkdwn.ts";

/** One sentence and nothing else: that this person may not see the Home, or that something broke. */
export const noticeHome = (sentence: string): HomeView => ({
  type: "home",
  blocks: [header(words.home.title), section(escapeMrkdwn(sentence))],
});
