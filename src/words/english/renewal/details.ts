import { rich, type Spans } from "../../../guide/rich-text.ts";
import type { Detail, ExchangeRefusal, FoundToken } from "../../../renewal/detail.ts";
import { coded, counted, foreign, listed, named, sentences } from "../../values.ts";
import { RESTART } from "../revoked.ts";
import { REVOKE_SOONER } from "./revoke-sooner.ts";
import { said } from "./said.ts";

/** Why a step of a renewal has its state, in one to three sentences: what happened, then what to do. */
export function detailText(detail: Detail): Spans {
  switch (detail.kind) {
    case "exchanged":
      return rich`Meta made a new token.`;
    case "pasted":
      return rich`A person pasted a new token.`;
    case "exchange_refused":
      return sentences(refusalText(detail.refusal, detail.message), isDeadFor(detail.refusal) ? [] : OLD_UNCHANGED);
    case "exchange_unanswered":
      return sentences(
        rich`Meta gave no readable answer: ${said(detail.message)}`,
        rich`Meta may have made a token that nobody holds.`,
        OLD_UNCHANGED,
        rich`Start again in a few minutes.`,
      );
    case "not_begun":
      return sentences(
        rich`The bot could not begin the refresh: ${said(detail.message)}`,
        UNBEGUN[detail.obstacle],
        rich`This says nothing about the token: the bot changed nothing, and Meta made no new one.`,
      );
    case "interrupted":
      return sentences(
        rich`The bot stopped in the middle.`,
        FOUND[detail.source],
        rich`A second token may exist that nobody holds. Start again.`,
      );
    case "paste_interrupted":
      return sentences(
        rich`The bot stopped in the middle.`,
        FOUND[detail.source],
        rich`Start again and paste the new token.`,
      );
    case "crashed":
      return sentences(
        rich`The bot stopped in the middle, and cannot read the source to see whether the new token is saved.`,
        rich`Make the source readable for the bot. Otherwise the renewal ends after 7 days.`,
      );
    case "stopped":
      return rich`The renewal ended meanwhile, so the bot did not save the new token.`;
    case "stopped_unheld":
      return sentences(
        rich`The renewal ended meanwhile, so the bot did not save the new token that Meta made.`,
        rich`Nobody holds that token. It works until its own end.`,
      );
    case "tested":
      return rich`The new token works, has every permission it needs and reaches every configured ID.`;
    case "findings":
      return sentences(...detail.texts.slice(0, MOST_TEXTS).map(said), NOT_SAVED);
    case "permissions_lost":
      return sentences(
        rich`The new token lacks ${listed(detail.scopes.map((scope) => [coded(scope)]))}, which the old token has.`,
        rich`Generate it again with ${detail.scopes.length === 1 ? "this permission" : "these permissions"}.`,
        NOT_SAVED,
      );
    case "not_reached":
      return sentences(
        rich`The new token cannot reach the ${detail.ids.length === 1 ? "ID" : "IDs"} ${listed(detail.ids.map((id) => [coded(id)]))}.`,
        rich`Assign the WhatsApp account to the system user, then generate the token again.`,
        NOT_SAVED,
      );
    case "ends_sooner":
      return sentences(
        rich`The new token ends sooner than the old one.`,
        rich`Generate one that lasts longer, or paste it again and accept the earlier end.`,
        NOT_SAVED,
      );
    case "ends_not_later":
      return sentences(rich`The new token does not last longer than the old one.`, NOT_SAVED);
    case "same_token":
      return rich`This watch had this token already when the renewal started. Paste the new one.`;
    case "type_not_known":
      return sentences(rich`Meta did not say what type the new token has.`, NOT_SAVED, TRY_LATER);
    case "end_not_known":
      return sentences(rich`Meta did not say when the new token ends.`, NOT_SAVED, TRY_LATER);
    case "token_of_watch":
      return sentences(
        rich`This token belongs to the watch ${named(detail.watch)}.`,
        rich`Generate a token of its own for each watch. If both watches share one token, save it in the other place by hand.`,
        NOT_SAVED,
      );
    case "not_tested":
      return sentences(rich`The new token could not be tested: ${said(detail.message)}`, NOT_SAVED, TRY_LATER);
    case "saved":
      return rich`The new token is saved.`;
    case "person_saves":
      return rich`The bot has no place to save the token, so a person saves it.`;
    case "already_there":
      return rich`The new token is saved already.`;
    case "not_saved":
      return sentences(said(detail.message), rich`The place is unchanged.`);
    case "command_failed":
      return sentences(
        said(detail.message),
        rich`The command may have saved the new token all the same. Look which token the store has, then start again.`,
      );
    case "place_changed":
      return rich`Somebody else changed the value meanwhile, so the bot did not overwrite it. Look at the place, then start again.`;
    case "read":
      return rich`The bot reads the new token where it reads the token of this watch.`;
    case "still_old":
      return rich`The source still gives the old token. The bot reads it again at every check.`;
    case "other_token":
      return rich`The source gives a token that is neither the old nor the new one. Find out who changed it.`;
    case "restart_bot":
      return rich`The bot reads this source only at its start. Restart the bot.`;
    case "not_read":
      return rich`The bot cannot read the source: ${said(detail.message)}`;
    case "proven":
      return rich`${counted(detail.consumers, "app")} ${detail.consumers === 1 ? "uses" : "use"} the new token.`;
    case "confirmed":
      return rich`A person confirmed that every app uses the new token.`;
    case "no_proof":
      return rich`No app tells the bot which token it uses, so a person confirms it.`;
    case "old_in_use":
      return sentences(rich`Still with the old token: ${consumers(detail.consumers)}.`, rich`${RESTART}`);
    case "proof_failed":
      return rich`${foreign(detail.consumer, LONGEST_NAME)} did not say which token it uses: ${said(detail.message)}`;
    case "ended":
      return rich`Meta revoked the old token. It is dead, and the new one works.`;
    case "same_string":
      return rich`The token is the same text with a later end, so there is no old token to end.`;
    case "no_old_token":
      return rich`There was no old token.`;
    case "old_already_dead":
      return rich`The old token was already dead.`;
    case "both_dead":
      return rich`Both tokens are dead now. Generate a new token at once.`;
    case "new_dead":
      return rich`The new token is dead, so the old one is not ended. If the old one still works, put it back.`;
    case "new_not_checked":
      return sentences(
        rich`The old token is dead, but the new one could not be checked: ${said(detail.message)}`,
        TRY_LATER,
      );
    case "revoke_unanswered":
      return sentences(
        rich`The bot asked Meta to revoke the old token, and does not know whether Meta did: ${said(detail.message)}`,
        rich`Try to end it again to find out.`,
      );
    case "ended_unanswered":
      return rich`The old token is dead, and the new one works. The bot had asked Meta before to revoke the old one.`;
    case "old_not_readable":
      return sentences(
        rich`The bot cannot read the old token, so it cannot end it: ${said(detail.message)}`,
        rich`It works until its own end.`,
        REVOKE_SOONER,
      );
    case "old_still_used":
      return rich`${listed(detail.watches.map((watch) => [named(watch)]))} still ${detail.watches.length === 1 ? "uses" : "use"} the old token, so nothing was ended. Save the new token there by hand, then try again.`;
    case "not_ended":
      return sentences(rich`The old token could not be ended: ${said(detail.message)}`, TRY_LATER);
  }
}

/** The way on when a refresh could not begin. */
const UNBEGUN: Readonly<Record<Extract<Detail, { kind: "not_begun" }>["obstacle"], Spans>> = {
  not_known: rich`Check that the bot reaches Meta, and that its app ID and app secret are right.`,
  source_unreadable: rich`Make the source readable for the bot.`,
};

/** What the source gives after a crash. */
const FOUND: Readonly<Record<FoundToken, Spans>> = {
  old: rich`The source still gives the old token.`,
  other: rich`The source gives a token that is neither the old nor the new one. Find out who changed it.`,
  none: rich`The place holds no token, so nothing was saved.`,
  not_known: rich`The bot does not know which token the source gives now.`,
};

const OLD_UNCHANGED = rich`The old token is unchanged.`;
const NOT_SAVED = rich`The bot saved nothing.`;
const TRY_LATER = rich`Try again in a few minutes.`;

/** Meta says that the old token is dead. */
function isDeadFor(refusal: ExchangeRefusal): boolean {
  return refusal === "expired" || refusal === "revoked";
}

const MOST_TEXTS = 3;
const LONGEST_NAME = 80;

function consumers(names: readonly string[]): Spans {
  return listed(
    names.map((name) => [foreign(name, LONGEST_NAME)]),
    4,
  );
}

/** What Meta refused, and the way on. */
function refusalText(refusal: ExchangeRefusal, message: string): Spans {
  const { why, wayOn } = REFUSALS[refusal];
  return sentences(why, SAYS_MORE.has(refusal) ? said(message) : [], wayOn);
}

/** Their message has a reason or a wait that the general sentence lacks. */
const SAYS_MORE: ReadonlySet<ExchangeRefusal> = new Set(["throttled", "unreachable", "other"]);

const GIVEN = rich`Generate a new token with the checklist.`;

const REFUSALS: Readonly<Record<ExchangeRefusal, { readonly why: Spans; readonly wayOn: Spans }>> = {
  expired: { why: rich`Meta refused: the old token has expired, and a dead token cannot be refreshed.`, wayOn: GIVEN },
  revoked: { why: rich`Meta refused: the old token was revoked, and a dead token cannot be refreshed.`, wayOn: GIVEN },
  app_credentials: {
    why: rich`Meta refused the bot's app ID or app secret.`,
    wayOn: rich`Copy both again from the App Dashboard, and restart the bot.`,
  },
  app_blocked: {
    why: rich`Meta blocks the app.`,
    wayOn: rich`Open the App Dashboard and fix the problem there. No new token helps.`,
  },
  wrong_app: {
    why: rich`Meta refused: the old token belongs to another app than the configured one.`,
    wayOn: rich`Correct the app of this watch, or use the checklist.`,
  },
  throttled: { why: rich`Meta limits the calls of this app now.`, wayOn: rich`Start again when the limit is over.` },
  address_not_allowed: {
    why: rich`Meta refused the address of this bot's server.`,
    wayOn: rich`Add the address to the app's server IP allow list.`,
  },
  not_refreshable: { why: rich`Meta does not refresh this kind of token.`, wayOn: GIVEN },
  unreachable: {
    why: rich`No call reached Meta, so it made no token.`,
    wayOn: rich`Start again in a few minutes.`,
  },
  other: { why: rich`Meta refused to refresh the token.`, wayOn: GIVEN },
};
