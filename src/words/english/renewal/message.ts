import { bold, date, label, link, rich, type Span, type Spans } from "../../../guide/rich-text.ts";
import { systemUsersUrl } from "../../../guide/deep-links.ts";
import type { Expiry } from "../../../token/expiry.ts";
import type { Actor, ChecklistItem, Outcome, Step, StepState, Way } from "../../../renewal/renewal.ts";
import { coded, counted, foreign, listed, named, sentences } from "../../values.ts";
import { actorText } from "./actors.ts";
import { REVOKE_SOONER } from "./revoke-sooner.ts";

/** The message of a renewal, from the headline to the small print, and the lines of its thread. */
export const renewalMessage = {
  /** "🔄 orders-prod: waiting for a new token" */
  headline: (sign: Sign, name: string, happens: string): Spans =>
    rich`${SIGNS[sign]} ${named(`${named(name, LONGEST_SUBJECT).text}: ${happens}`, LONGEST_HEADLINE)}`,

  /** What happens now, by step. */
  happens: {
    obtain: { given: "waiting for a new token", refresh: "getting a new token" } satisfies Readonly<
      Record<Way, string>
    >,
    testing: "testing the new token",
    notAccepted: "new token not accepted",
    saving: "saving the new token",
    crashed: "interrupted, result not known yet",
    saved: "new token saved",
    notSavedYet: "new token tested, not saved yet",
    notProven: "new token saved, use not proven",
    notEnded: "new token in use, old token not ended yet",
    maybeEnded: "new token in use, old token perhaps ended",
  },
  /** How it ended. */
  outcomes: {
    done: "token renewed",
    failed: "renewal failed",
    cancelled: "renewal cancelled",
    interrupted: "renewal interrupted",
    timed_out: "renewal ended without a result",
    put_back: "old token put back",
    unwatched: "renewal ended, no longer watched",
  } satisfies Readonly<Record<Outcome, string>>,
  bothDead: "both tokens are dead",
  notEnded: "token renewed, old token not ended",

  step: (step: Step): Spans => rich`${STEP_NAMES[step]}`,
  /** "Step 4 of 6: Read it back  ✓ ✓ ✓ ● ○ ○": the words come before the signs. */
  progress: (number: number, of: number, step: Step, marks: readonly Mark[]): Spans =>
    rich`Step ${String(number)} of ${String(of)}: ${bold(STEP_NAMES[step])}  ${signsOf(marks)}`,
  endedAt: (number: number, of: number, step: Step, marks: readonly Mark[]): Spans =>
    rich`Ended at step ${String(number)} of ${String(of)}: ${bold(STEP_NAMES[step])}  ${signsOf(marks)}`,
  allSteps: (of: number, marks: readonly Mark[]): Spans =>
    rich`All ${counted(of, "step")} are complete.  ${signsOf(marks)}`,

  expires: (end: Spans): Spans => rich`Expires: ${end}.`,
  expiry: (before: Spans, after: Spans): Spans => rich`Expires: ${before} → ${after}.`,
  started: (by: Actor, at: Date, way: Way): Spans => rich`Started by ${actorText(by)}, ${date(at)}, ${WAYS[way]}.`,
  lastBy: (by: Actor, at: Date): Spans => rich`Last step by ${actorText(by)}, ${date(at)}.`,
  ended: (at: Date): Spans => rich`Ended ${date(at)}.`,
  fact: (name: string, value: Spans): Spans => rich`${name}: ${value}`,
  facts: {
    savedIn: "Saved in",
    toSaveIn: "To be saved in",
    byHand: "Saved by a person in",
    oldToken: "Old token",
    newToken: "New token",
  },
  place: (place: string): Spans => rich`${coded(place, LONGEST_SOURCE)}`,
  fingerprint: (fingerprint: string): Spans => rich`fingerprint ${coded(fingerprint)}`,

  /** What people must do now, or what the bot does. */
  todo: {
    generate: rich`Generate the token as in the checklist.`,
    paste: rich`An admin then presses ${label("Paste new token…")} to continue.`,
    pasteAgain: rich`Then press ${label("Paste new token…")} again.`,
    working: rich`The bot gets the new token, tests it and saves it. This takes less than a minute.`,
    saveIt: (source: string): Spans =>
      rich`Save the new token in ${coded(source, LONGEST_SOURCE)}, where the bot reads it.`,
    readsBack: rich`The bot reads the token of this watch until it is the new one.`,
    restart: (consumers: readonly string[]): Spans =>
      rich`Restart ${apps(consumers)} if the token is read only at start.`,
    asksAgain: rich`The bot asks again at every check.`,
    confirm: rich`When every app uses the new token, press ${label("Confirm in use")}.`,
    threeTimes: rich`The step is done when three readings in a row say so.`,
    endOld: rich`Press ${label("End old token…")} when nothing uses the old token any more. Every copy that is not watched stops too.`,
    botAgain: rich`The bot tries again after a day.`,
    botAsksAgain: rich`The bot tries again at every check.`,
    anotherWay: rich`If that takes too long, press ${label("Renew…")} for another way.`,
    nobodyHolds: rich`Meta made a token that nobody holds. It works until its own end.`,
    oldLives: (expiry: Expiry): Spans =>
      sentences(
        expiry.kind === "at"
          ? rich`The old token works until ${date(expiry.at)}.`
          : rich`The old token works until somebody revokes it.`,
        REVOKE_SOONER,
      ),
    again: rich`Press ${label("Renew…")} to start again.`,
  },

  /** The way on while renewals from Slack are off. */
  inTerminal: {
    renew: (watch: string, way: Way): Spans =>
      rich`To start again, run ${renewCommand(watch, way === "given" ? "--stdin" : "")} in a terminal.`,
    paste: (watch: string): Spans => rich`To give the new token, run ${renewCommand(watch, "--stdin")} in a terminal.`,
    confirm_in_use: (watch: string): Spans =>
      rich`When every app uses the new token, run ${renewCommand(watch, "--confirm-in-use")} in a terminal.`,
    end_old: (watch: string): Spans =>
      rich`When nothing uses the old token any more, run ${renewCommand(watch, "--end-old")} in a terminal. Every copy that is not watched stops too.`,
  },

  checklist: {
    title: rich`${bold("Checklist")}`,
    /** The steps of the guide in short, with the IDs of the watch. */
    steps: ({ appId, account, scopes }: ChecklistIds): readonly Spans[] => [
      rich`1. In ${link("Business settings", systemUsersUrl({ appName: "" }))}, open ${label("System users")}. Add one, or choose yours.`,
      rich`2. Assign the app${idOf(appId)} and the WhatsApp account${idOf(account)} to it, with full control.`,
      rich`3. Generate the token: the app, ${label("Never")} or ${label("60 days")}, then ${listed(scopes.map((scope) => [coded(scope)]))}.`,
      rich`4. Never post the token in Slack.`,
    ],
    proven: (items: readonly ChecklistItem[]): Spans =>
      rich`Proven by Meta: ${listed(items.map((item) => rich`${itemText(item)} ✓`))}.`,
    notProven: (items: readonly ChecklistItem[]): Spans =>
      rich`Not proven: ${listed(items.map((item) => rich`${itemText(item)} ○`))}.`,
    reaches: (phone: string): Spans => rich`The token must reach the phone number ${coded(phone)}.`,
  },

  /** The lines of the thread. */
  line: {
    started: (by: Actor): Spans => rich`Renewal started by ${actorText(by)}.`,
    step: (step: Step, state: StepState, detail: Spans): Spans =>
      sentences(rich`${bold(STEP_NAMES[step])}: ${STATES[state]}.`, detail),
    ended: (outcome: Outcome, step: Step | null): Spans =>
      step === null || outcome === "done"
        ? rich`${OUTCOME_LINES[outcome]}`
        : rich`${OUTCOME_LINES[outcome]} Last step: ${bold(STEP_NAMES[step])}.`,
    waits: (step: Step, watch: string, daysLeft: number, todo: Spans): Spans =>
      sentences(
        rich`The step ${bold(STEP_NAMES[step])} has waited for a day. The renewal of ${named(watch)} ends in ${counted(daysLeft, "day")}.`,
        todo,
      ),
    waitsAny: rich`A step of this renewal has waited for a day.`,
    by: (said: Spans, by: Actor, at: Date): Spans => rich`${said} (${actorText(by)}, ${date(at)})`,
  },
} as const;

/** The sign accompanies the words and never replaces them. */
export type Sign = "open" | "done" | "failed" | "critical" | "neutral";

export type Mark = "done" | "skipped" | "current" | "failed" | "open";

export interface ChecklistIds {
  readonly appId: string | undefined;
  readonly account: string | undefined;
  readonly scopes: readonly string[];
}

const SIGNS: Readonly<Record<Sign, string>> = { open: "🔄", done: "✅", failed: "🟠", critical: "🔴", neutral: "⚪" };

const MARKS: Readonly<Record<Mark, string>> = { done: "✓", skipped: "–", current: "●", failed: "✗", open: "○" };

const STEP_NAMES: Readonly<Record<Step, string>> = {
  obtain: "Get the new token",
  test: "Test it",
  write: "Save it",
  read_back: "Read it back",
  in_use: "Prove that it is in use",
  end_old: "End the old token",
};

const STATES: Readonly<Record<StepState, string>> = {
  done: "done",
  failed: "failed",
  skipped: "skipped",
  not_proven: "not proven",
};

const WAYS: Readonly<Record<Way, string>> = { refresh: "refreshed by Meta", given: "with a checklist" };

const OUTCOME_LINES: Readonly<Record<Outcome, string>> = {
  done: "The renewal is done.",
  failed: "The renewal failed.",
  cancelled: "The renewal was cancelled. What was saved stays saved.",
  interrupted: "The renewal was interrupted.",
  timed_out: "The renewal ended, because a step waited for 7 days.",
  put_back: "The old token was put back.",
  unwatched: "The renewal ended, because this token is no longer watched.",
};

const LONGEST_HEADLINE = 140;
const LONGEST_SUBJECT = 90;
const LONGEST_SOURCE = 120;
const LONGEST_COMMAND = 180;
const LONGEST_CONSUMER = 60;
const MOST_CONSUMERS = 4;

function signsOf(marks: readonly Mark[]): string {
  return marks.map((mark) => MARKS[mark]).join(" ");
}

/** The command of the bot itself. A name with spaces or signs of the shell is quoted. */
function renewCommand(watch: string, flag: string): Span {
  const name = /^[\w.:@%+/-]+$/.test(watch) ? watch : `'${watch.replaceAll("'", String.raw`'\''`)}'`;
  return coded(`wa-token renew --watch ${name} ${flag}`.trim(), LONGEST_COMMAND);
}

function idOf(id: string | undefined): Spans {
  return id === undefined ? [] : rich` ${coded(id)}`;
}

function apps(consumers: readonly string[]): Spans {
  return consumers.length === 0
    ? rich`each app that uses it`
    : listed(
        consumers.map((consumer) => [foreign(consumer, LONGEST_CONSUMER)]),
        MOST_CONSUMERS,
      );
}

function itemText({ item, name }: ChecklistItem): Spans {
  const id = name === null ? [] : rich` ${coded(name)}`;
  switch (item) {
    case "app":
      return rich`the right app`;
    case "system_user":
      return rich`a system user's token`;
    case "permission":
      return rich`permission${id}`;
    case "phone":
      return rich`reaches phone number${id}`;
    case "account":
      return rich`reaches WhatsApp account${id}`;
    case "expiry":
      return rich`its end`;
  }
}
