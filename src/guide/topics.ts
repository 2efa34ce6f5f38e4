// The guide: how a team makes a WhatsApp token that lasts, and what to do when one fails. Typed data, no looks.
// Core: imports nothing outside this folder but leven. Slack (slack/guide/) and the terminal (plain-text.ts) print the
// same topics. To add a topic: an id in topic.ts, the topic in one of the …-help.ts files, rows in
// test/guide/find-topic.test.ts, and, when a finding leads to it, a line in finding-topic.ts.
import { accessHelp } from "./access-help.ts";
import { appHelp } from "./app-help.ts";
import type { GuideContext } from "./context.ts";
import { errorsTopic } from "./errors-topic.ts";
import { overviewTopic, summaryTopic, systemUsersTopic } from "./frame-topics.ts";
import { stepTopics } from "./step-topics.ts";
import { tokenHelp } from "./token-help.ts";
import type { Topic } from "./topic.ts";

/** The guide as one reads it through: overview, steps 1 to 5, "if you don't see System users", summary. */
export function setupTopics(context: GuideContext): readonly Topic[] {
  return [overviewTopic, ...stepTopics(context), systemUsersTopic(context), summaryTopic];
}

/** Every topic: the set-up guide first, then the help topics that are found by words or by a finding. */
export function guideTopics(context: GuideContext): readonly Topic[] {
  return [...setupTopics(context), ...tokenHelp(context), ...accessHelp(context), ...appHelp(context), errorsTopic];
}
