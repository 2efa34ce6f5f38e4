import { code, command, label, rich, type Spans } from "../../../guide/rich-text.ts";
import type { RenewalAction } from "../../../renewal/audit.ts";
import type { Obstacle } from "../../../renewal/renewer.ts";
import { named, sentences } from "../../values.ts";
import { placeWithId } from "../places.ts";
import { actorText } from "./actors.ts";
import { said } from "./said.ts";

/**
 * Why a renewal cannot start or continue, and the way on. Nothing was changed.
 * @param attempt the action that was not possible
 */
export function obstacleText(obstacle: Obstacle, attempt?: RenewalAction): Spans {
  const { problem, wayOn } = partsOf(obstacle, attempt);
  return sentences(problem, wayOn);
}

interface Parts {
  readonly problem: Spans;
  readonly wayOn: Spans;
}

const CHECKLIST = rich`Use the checklist: a person generates the token and pastes it.`;
const TRY_LATER = rich`Try again in a few minutes.`;

function partsOf(obstacle: Obstacle, attempt: RenewalAction | undefined): Parts {
  switch (obstacle.kind) {
    case "no_app":
      return {
        problem: rich`The bot has no app ID and app secret for this watch, so it cannot prove what a new token is.`,
        wayOn: rich`Set ${code("META_APP_ID")} and ${code("META_APP_SECRET")}, or those of the watch, and restart the bot.`,
      };
    case "no_ids":
      return {
        problem: rich`This watch has no phone number ID and no account ID, so the bot cannot test what a new token reaches.`,
        wayOn: rich`Set ${code("phoneNumberId")} or ${code("whatsappBusinessAccountId")} of this watch, and restart the bot.`,
      };
    case "no_write":
      return {
        problem: rich`The bot has no place to save a new token, so it cannot refresh this one.`,
        wayOn: rich`${CHECKLIST} Or set ${code("renew: write")} for this watch.`,
      };
    case "never_token":
      return { problem: rich`This token never expires. A refresh would give it only 60 days.`, wayOn: CHECKLIST };
    case "dead_token":
      return attempt === "put_back"
        ? {
            problem: rich`The old token no longer works, so it was not put back.`,
            wayOn: rich`Keep the new token, or generate another one.`,
          }
        : { problem: rich`The token no longer works, so Meta cannot refresh it.`, wayOn: CHECKLIST };
    case "not_system_user":
      return { problem: rich`Meta refreshes only tokens of a system user, and this is another one.`, wayOn: CHECKLIST };
    case "not_known":
      return {
        problem: rich`The bot could not find out what it needs: ${said(obstacle.message)}`,
        wayOn: TRY_LATER,
      };
    case "source_unreadable":
      return {
        problem: rich`The bot cannot read the token of this watch: ${said(obstacle.message)}`,
        wayOn: CHECKLIST,
      };
    case "cannot_write":
      return { problem: said(obstacle.message), wayOn: rich`Nothing was changed.` };
    case "already_open": {
      const { startedBy, card, watch } = obstacle.renewal;
      return {
        problem: rich`A renewal of ${named(watch)} is already open, started by ${actorText(startedBy)}.`,
        wayOn: rich`Continue in its message in ${placeWithId(card.channel)}.`,
      };
    }
    case "place_busy":
      return {
        problem: rich`A renewal of ${named(obstacle.watch)} saves its token in the same place.`,
        wayOn: rich`Finish or cancel that renewal first.`,
      };
    case "crashed":
      return {
        problem: rich`The bot stopped in the middle of this renewal, and cannot read the source to see what it saved.`,
        wayOn: rich`Make the source readable for the bot, or cancel the renewal. It ends by itself after 7 days.`,
      };
    case "already_ended":
      return {
        problem: rich`This renewal has ended already. Nothing more was changed.`,
        wayOn: rich`Start a new one if you still need it.`,
      };
    case "just_saved":
      return {
        problem: rich`The new token was saved only now, so no app can be confirmed to use it.`,
        wayOn: rich`Restart the apps that read the token only at start, then confirm.`,
      };
    case "unknown_watch":
      return { problem: rich`This bot no longer watches this token.`, wayOn: rich`See ${command("status")}.` };
    case "no_renewal":
      return {
        problem: rich`This bot no longer knows this renewal.`,
        wayOn: rich`Press ${label("Renew…")} in ${command("status NAME")}.`,
      };
    case "not_now":
      return {
        problem: rich`The renewal is at another step now, so nothing was changed.`,
        wayOn: rich`Its message shows what is possible.`,
      };
    case "busy":
      return {
        problem: rich`Somebody else is working on this renewal right now, so nothing was changed.`,
        wayOn: rich`Its message shows the result in a moment.`,
      };
  }
}
