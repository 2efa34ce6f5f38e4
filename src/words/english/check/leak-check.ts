import { bold, code, date, label, link, person, rich, type Spans } from "../../../guide/rich-text.ts";
import type { Expiry } from "../../../token/expiry.ts";
import { coded, counted, foreign, listed, named } from "../../values.ts";

/** The answer of the message shortcut "Check for a leaked token". No text repeats more of a token than its end. */
export const leakCheck = {
  title: "Leaked token",
  checking: "Checking the message…",
  nothing: (): Spans => rich`${bold("This message has no token that the bot recognises.")}`,
  /** The bot sees one message, and only the text that Slack sends with the shortcut. */
  nothingMore: (): Spans =>
    rich`The bot looks for access tokens of Meta (${code("EAA…")}). It cannot recognise a masked or cut token, and it does not open files. Do you still see a token? Treat it as leaked: ${GUIDE}.`,
  noMessage: "Slack sent no message with this request. Try again from the menu of the message.",
  /** After the sentence that asks to wait. */
  untilThen: "Until then, treat the token as alive.",

  /** The first line: the worst of what was found. */
  alive: (alive: number, all: number): string =>
    all === 1 ? "This token is alive" : `${alive} of ${all} tokens are alive`,
  notKnown: (all: number): string =>
    all === 1 ? "The bot could not check this token" : "The bot could not check every token",
  dead: (all: number): string => (all === 1 ? "This token does not work" : "These tokens do not work"),
  otherSecrets: "This message has another secret",

  /** Empty for a token that is too short to show its end. */
  token: (tail: string): Spans =>
    tail === "" ? rich`${bold("A token")}` : rich`${bold("Token that ends in")} ${code(tail)}`,
  life: {
    alive: (expiry: Expiry): Spans =>
      expiry.kind === "at"
        ? rich`alive, expires ${date(expiry.at)}`
        : rich`alive, ${expiry.kind === "never" ? "never expires" : "expiry date not known"}`,
    dead: (word: string): Spans => rich`no longer works (${word})`,
    refused: (): Spans => rich`Meta does not accept it`,
    notKnown: (): Spans => rich`Meta did not answer. Treat it as alive`,
    waits: (): Spans => rich`not checked: you made five checks or renewals within a minute. Treat it as alive`,
  },
  line: (token: Spans, life: Spans): Spans => rich`${token}: ${life}.`,
  heldBy: (watches: readonly string[], users: readonly string[]): Spans =>
    users.length === 0
      ? rich`Deployed in ${listed(watches.map((watch) => [named(watch)]))}.`
      : rich`Deployed in ${listed(watches.map((watch) => [named(watch)]))}. ${listed(users.map((user) => [foreign(user, 80)]))} ${users.length === 1 ? "needs" : "need"} it.`,
  heldByNone: (): Spans => rich`No watch has it.`,
  holderNotKnown: (): Spans => rich`The bot could not look up which watch has it.`,
  app: (name: string | null, id: string): Spans =>
    name === null ? rich`Its Meta app is ${coded(id)}.` : rich`Its Meta app is ${named(name)} (${coded(id)}).`,
  maybePart: (): Spans => rich`If it is a part of a token, treat the whole token as leaked.`,
  moreTokens: (count: number): Spans =>
    rich`This message has ${counted(count, "more token")}, not checked. Treat ${count === 1 ? "it" : "them"} as leaked too.`,

  others: {
    app_token: (): Spans =>
      rich`${bold("An app token")}: it contains the app secret. Reset the secret in the Meta app under ${label("Settings")} → ${label("Basic")} → ${label("App secret")}.`,
    slack: (): Spans => rich`${bold("A Slack token")}. Revoke it in the settings of its Slack app.`,
    instagram: (): Spans => rich`${bold("An Instagram token")}. The bot cannot check it. Revoke it in its Meta app.`,
    threads: (): Spans => rich`${bold("A Threads token")}. The bot cannot check it. Revoke it in its Meta app.`,
    base64: (): Spans =>
      rich`${bold("A token in base64")}, which anybody can decode. Treat the token as leaked. To check it, decode it and use ${CHECK}.`,
    part: (): Spans => rich`${bold("A part of a token")}. Treat the whole token as leaked.`,
  },

  stepsTitle: (): Spans => rich`${bold("What to do")}`,
  steps: {
    deleteMessage: (): Spans => rich`Delete the message. This alone is not enough: other people may have a copy.`,
    renew: (): Spans => rich`Renew the token now: press ${label("Renew…")}.`,
    askAdmin: (admins: readonly string[]): Spans =>
      rich`Ask ${listed(admins.map((id) => [person(id)]))} to renew the token now.`,
    replace: (): Spans => rich`Generate a new token now, and save it where your app reads it: ${GENERATE}.`,
    findApp: (): Spans => rich`Find the app that uses the token. Generate a new token, and save it there: ${GENERATE}.`,
    /** `offered`: a renewal was offered, and its message gets a button for the old token. */
    endAfter: (offered: boolean): Spans =>
      offered
        ? rich`End the leaked token right after the new token is in use: press ${label("End old token")} in the message of the renewal. Until then, other people can send as you.`
        : rich`Revoke the leaked token right after the new token is in use. Until then, other people can send as you.`,
    abuse: (url: string): Spans =>
      rich`If you see messages that are not yours, do not wait: revoke now. Open the system user in ${link("Business settings", url)} and click ${label("Revoke tokens")}. Every token of that system user stops, and sending stops until a new token is in use.`,
    replaceDead: (): Spans => rich`The watch needs a new token. Nothing is left to revoke.`,
    nothingToRevoke: (): Spans => rich`Nothing is left to revoke.`,
    again: (): Spans => rich`Check the message again later.`,
  },
  recorded: (): Spans =>
    rich`Only you see this. The bot recorded who checked, the watch, the fingerprint and the result, not the token.`,
  guide: "What to do now",
  guideLabel: "What to do now: the guide for a leaked token",
} as const;

const GUIDE: Spans = [{ kind: "command", text: "guide leak" }];

const GENERATE: Spans = [{ kind: "command", text: "guide step 4" }];
const CHECK: Spans = [{ kind: "command", text: "check" }];
