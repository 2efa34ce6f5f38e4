// The guide explains how to get a WhatsApp token that does not expire. It also explains what to do when a token fails.
// Topics are typed data without formatting. This folder imports only token/ and leven. Slack (slack/guide/) and the
// terminal (cli/guide/topic-text.ts) show the same topics. To add a topic, add its id to topic.ts, the topic to a …-help.ts
// file, and rows to test/guide/find-topic.test.ts. The catalogue of findings says which finding leads to which topic.
import { accessHelp } from "./access-help.ts";
import { appHelp } from "./app-help.ts";
import type { GuideContext } from "./context.ts";
import { errorsTopic } from "./errors-topic.ts";
import { overviewTopic, summaryTopic, systemUsersTopic } from "./frame-topics.ts";
import { stepTopics } from "./step-topics.ts";
import { tokenHelp } from "./token-help.ts";
import type { Topic } from "./topic.ts";

/** The setup guide in reading order: overview, steps 1 to 5, help with missing system users, summary. */
export function setupTopics(context: GuideContext): readonly Topic[] {
  return [overviewTopic, ...stepTopics(context), systemUsersTopic(context), summaryTopic];
}

/** Every topic: the setup guide first, then the help topics. */
export function guideTopics(context: GuideContext): readonly Topic[] {
  return [...setupTopics(context), ...tokenHelp(context), ...accessHelp(context), ...appHelp(context), errorsTopic];
}
