import type { SeenMessage } from "../../slack/messages.ts";
import { answerTo, type Stage } from "../stage.ts";
import { clockTime, longDate } from "../terminal/dates.ts";
import type { Extent } from "../teller.ts";
import { DAY_MS, type Deployed, WATCHED } from "../watched.ts";

/** The bot watches two deployed tokens. Both work, so it posts nothing. */
export async function roundScene(stage: Stage): Promise<void> {
  const { you, tell } = stage;
  await tell.caption(
    "The bot also watches the tokens that your services use. It checks each one every 15 minutes and posts only problems.",
  );
  await nextRound(stage, "The next check is due.");
  const said = you.channelMessages(CHANNEL).length;
  await tell.caption(
    `Messages in #${CHANNEL} after the check: ${said === 0 ? "none, because both tokens work" : said}.`,
  );
  await tell.message(await answerTo(stage, "status"));
}

/** The expiry date comes closer: the bot posts an alert and updates it at a later threshold. */
export async function expiringScene(stage: Stage, { endsAt }: Deployed): Promise<void> {
  const before = (days: number): Date => new Date(endsAt.getTime() - days * DAY_MS);
  await later(stage, before(30), `${WATCHED} has 30 days left.`);
  const alert = alertOf(stage);
  await stage.tell.message(alert);
  await later(
    stage,
    before(5),
    "Nobody acts, and 5 days are left. The bot edits the same message and replies in its thread.",
  );
  await showChange(stage, alert, COMPACT);
}

export async function revokedScene(stage: Stage, { token }: Deployed): Promise<void> {
  const alert = alertOf(stage);
  stage.world.graph.revoke(token);
  await nextRound(
    stage,
    "Somebody revokes the token at Meta. The bot mentions the owner and sends its reply to the channel too.",
  );
  await showChange(stage, alert);
}

export async function resolvedScene(stage: Stage): Promise<void> {
  const { world, tell } = stage;
  const alert = alertOf(stage);
  world.tokenFile(WATCHED).write(world.graph.issueToken({ label: `${WATCHED}-new` }));
  await nextRound(stage, "You generate a new token as the guide explains and deploy it in place of the old one.");
  await showChange(stage, alert);
  await tell.message(await answerTo(stage, "status"));
}

const CHANNEL = "wa-alerts";

/** Longer than the interval between two checks, including its random spread. */
const NEXT_ROUND_MS = 20 * 60_000;

/** Number of lines for an alert that an earlier scene showed in full. */
const COMPACT = { most: 5 };

/** Writes the caption, moves the clock, and runs the checks that are due. */
async function later({ world, bot, tell }: Stage, at: Date, caption: string): Promise<void> {
  world.clock.set(at);
  await tell.caption(`⏱ ${longDate(at)}, ${clockTime(at)}. ${caption}`);
  await bot.app.round("due");
}

function nextRound(stage: Stage, caption: string): Promise<void> {
  return later(stage, new Date(stage.world.clock.now().getTime() + NEXT_ROUND_MS), caption);
}

/** The current version of the alert in the channel. */
function alertOf({ you }: Stage): SeenMessage {
  const [alert] = you.channelMessages(CHANNEL);
  if (alert === undefined) throw new Error(`no alert appeared in #${CHANNEL}.`);
  return alert;
}

/** Shows the edited alert and the new reply in its thread. Throws when one of them is missing. */
async function showChange(stage: Stage, before: SeenMessage, extent?: Extent): Promise<void> {
  const { you, tell } = stage;
  const alert = alertOf(stage);
  const reply = you.thread(CHANNEL, alert.ts).at(-1);
  if (alert.edits === before.edits || reply === undefined || reply.ts === alert.ts)
    throw new Error(`the bot did not update the alert in #${CHANNEL}.`);
  await tell.message(alert, extent);
  await tell.message(reply);
}
