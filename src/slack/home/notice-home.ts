import type { HomeView } from "@slack/types";
import { header, section } from "../blocks.ts";
import { escapeMrkdwn } from "../mrkdwn.ts";

export const HOME_TITLE = "WhatsApp tokens";

/** One sentence and nothing else: who may see it, or that something broke. */
export const noticeHome = (sentence: string): HomeView => ({
  type: "home",
  blocks: [header(HOME_TITLE), section(escapeMrkdwn(sentence))],
});
