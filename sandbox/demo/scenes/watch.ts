import type { SeenMessage } from "../../slack/messages.ts";
import { answerTo, type Stage } from "../stage.ts";
import { clockTime, longDate } from "../terminal/dates.ts";
import type { Extent } from "../teller.ts";
import { DAY_MS, type Deployed, WATCHED } from "../watched.ts";

const CHANNEL = "wa-alerts";

/** Longer than the interval between two checks, its spread included. */
const NEXT_ROUND_MS = 20 * 60_000;

/** Lines of an alert that was shown whole before. */
const COMPACT = { most: 5 };

/** Says what happens, moves the clock there, and lets the bot run the round that is due. */
const later = async ({ world, bot, tell }: Stage, at: Date, caption: string): Promise<void> => {
  world.clock.set(at);
  await tell.caption(`⏱ ${longDate(at)}, ${clockTime(at)}. ${caption}`);
  await bot.app.round("due");
};

const nextRound = (stage: Stage, caption: string): Promise<void> =>
  later(stage, new Date(stage.world.clock.now().getTime() + NEXT_ROUND_MS), caption);

/** The alert as it stands in the channel now. */
const alertOf = ({ you }: Stage): SeenMessage => {
  const [alert] = you.channelMessages(CHANNEL);
  if (alert === undefined) throw new Error(`no alert came into #${CHANNEL}.`);
  return alert;
};

/** The edited alert and the new word in its thread; both must have come. */
const showChange = async (stage: Stage, before: SeenMessage, extent?: Extent): Promise<void> => {
  const { you, tell } = stage;
  const alert = alertOf(stage);
  const reply = you.thread(CHANNEL, alert.ts).at(-1);
  if (alert.edits === before.edits || reply === undefined || reply.ts === alert.ts)
    throw new Error(`the alert in #${CHANNEL} did not follow what happened.`);
  await tell.message(alert, extent);
  await tell.message(reply);
};

/** Two deployed tokens are watched; all is well, so nobody is told anything. */
export const roundScene = async (stage: Stage): Promise<void> => {
  const { you, tell } = stage;
  await tell.caption(
    "The bot also watches the tokens that your services use. It checks each every 15 minutes and speaks only when one ails.",
  );
  await nextRound(stage, "A round is due.");
  const said = you.channelMessages(CHANNEL).length;
  await tell.caption(`Messages in #${CHANNEL} after the round: ${said === 0 ? "none, because all is well" : said}.`);
  await tell.message(await answerTo(stage, "status"));
};

/** The end comes nearer: an alert, then the same one again at a nearer threshold. */
export const expiringScene = async (stage: Stage, { endsAt }: Deployed): Promise<void> => {
  const before = (days: number): Date => new Date(endsAt.getTime() - days * DAY_MS);
  await later(stage, before(30), `${WATCHED} has 30 days left.`);
  const alert = alertOf(stage);
  await stage.tell.message(alert);
  await later(stage, before(5), "Nobody acts; 5 days are left. The same message is edited, with a word in its thread.");
  await showChange(stage, alert, COMPACT);
};

export const revokedScene = async (stage: Stage, { token }: Deployed): Promise<void> => {
  const alert = alertOf(stage);
  stage.world.graph.revoke(token);
  await nextRound(stage, "Somebody revokes the token at Meta. The owner is named, and the whole channel hears of it.");
  await showChange(stage, alert);
};

export const resolvedScene = async (stage: Stage): Promise<void> => {
  const { world, tell } = stage;
  const alert = alertOf(stage);
  world.tokenFile(WATCHED).write(world.graph.issueToken({ label: `${WATCHED}-new` }));
  await nextRound(stage, "You make a new token as the guide says and put it in the place of the old one.");
  await showChange(stage, alert);
  await tell.message(await answerTo(stage, "status"));
};
