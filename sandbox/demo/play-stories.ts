import type { SlackSnapshot } from "../page/protocol/slack-snapshot.ts";
import { OWNER } from "../page/server/page-world.ts";
import { slackSnapshot } from "../page/server/slack-feed.ts";
import { openStage, type Stage } from "../page/server/stage.ts";
import { type Audience, perform } from "../page/server/stories/perform.ts";
import { createScene } from "../page/server/stories/scene.ts";
import type { Story } from "../page/server/stories/story.ts";
import type { Person } from "../slack/people/driver.ts";
import { newsSince } from "./news.ts";
import type { Extent, Teller } from "./teller.ts";
import { clockTime, longDate } from "./terminal/dates.ts";
import type { Lookup } from "./terminal/mrkdwn.ts";
import { watchedPerson } from "./watched-person.ts";

/** Creates what writes to the terminal. `lookup` finds the names of the current world. */
export type TellerOf = (lookup: () => Lookup) => Teller;

/**
 * Plays stories in order, each in a fresh world. Rejects when Slack would have refused a request of the bot, and when
 * `stopping` is aborted.
 */
export async function playStories(stories: readonly Story[], tellerOf: TellerOf, stopping: AbortSignal): Promise<void> {
  for (const [index, story] of stories.entries()) {
    stopping.throwIfAborted();
    const stage = await openStage(index + 1, { deployment: story.deployment });
    try {
      const number = stories.length === 1 ? "" : `${index + 1} of ${stories.length}: `;
      await playStory(story, stage, { number, tellerOf, stopping });
    } finally {
      await stage.close();
    }
  }
}

interface Playing {
  readonly number: string;
  readonly tellerOf: TellerOf;
  readonly stopping: AbortSignal;
}

async function playStory(story: Story, stage: Stage, { number, tellerOf, stopping }: Playing): Promise<void> {
  const { slack, clock } = stage.world;
  const see = (): SlackSnapshot => slackSnapshot(slack, [], slack.person(OWNER).id);
  const tell = tellerOf(() => lookupOf(see()));
  let told = 0;
  const tellTime = async (): Promise<void> => {
    const now = clock.now();
    if (now.getTime() - told < MINUTE_MS) return;
    told = now.getTime();
    await tell.caption(`⏱ ${longDate(now)}, ${clockTime(now)}`);
  };
  let seen: SlackSnapshot | undefined;
  const show = async (): Promise<void> => {
    const now = see();
    const { messages, modal } = newsSince(seen, now);
    for (const { message, isNew } of messages) await tell.message(message, isNew ? WHOLE : SHORT);
    if (modal !== undefined) await tell.modal(modal, VERDICT);
    seen = now;
  };
  const watched = (person: Person): Person => watchedPerson(person, tell, () => see().modal);

  await tell.scene(`${number}${story.title}`);
  await tell.caption(story.summary);
  const announce: Audience["announce"] = async ({ caption }) => {
    await tellTime();
    await tell.caption(caption);
  };
  await perform(story, createScene(stage, stopping, watched), { announce, show }, stopping);
  stopping.throwIfAborted();
  const [refused] = see().refusals;
  if (refused !== undefined) throw new Error(`Slack would have refused ${refused.method}: ${refused.error}.`);
}

const MINUTE_MS = 60_000;

const WHOLE: Extent = { tight: true };

/** The reader knows the rest of an edited message. */
const SHORT: Extent = { tight: true, most: 6 };

/** The verdict, its reasons and its facts. Evidence follows below the divider. */
const VERDICT = { tight: true, most: "above the divider" } as const;

function lookupOf({ people, bot, conversations, now }: SlackSnapshot): Lookup {
  return {
    userName: (id) => [bot, ...people].find((one) => one.id === id)?.name,
    channelName: (id) => conversations.find((one) => one.id === id && one.kind === "channel")?.name,
    now: new Date(now),
  };
}
