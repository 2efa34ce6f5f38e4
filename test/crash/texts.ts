import type { StoredWord } from "./stored-rows.ts";
import type { Ailment } from "./town.ts";

/** How a reply in an alert's own thread begins, by reason. */
const OPENINGS: Readonly<Record<string, RegExp>> = {
  reminder: /^Still not fixed: \*/,
  worse: /^\*\w+\*(?: got worse: |: (?:\d+ \w+|less than a minute) left\. )/,
  better: /^\*\w+\* improved, but is not fixed\. /,
  lasts: /^\*\w+\*: the problem came back and is still not fixed /,
  recovered: /^\*\S+\*: fixed\. /,
  rotated: /^\*\S+\*: fixed\. /,
};

/** How a line in a group's thread begins, by reason; `first` is an alert that joins the group. */
const GROUP_OPENINGS: Readonly<Record<string, RegExp>> = {
  first: /^The same problem also affects \*/,
  reminder: /^Still not fixed: \*/,
  worse: /^Got worse: \*/,
  better: /^Improved, but not fixed: \*/,
  lasts: /^The problem came back and is still not fixed: \*/,
  recovered: /^Fixed: \*/,
  rotated: /^Fixed, token replaced: \*/,
};

const ENDS: readonly string[] = ["recovered", "rotated"];

/** True for the text of a resolved alert, or of a group whose alerts are all resolved. */
export const isOver = (text: string): boolean =>
  /^(?:✅|⚪) \*(?:\w+: (?:fixed|no longer watched)\*|(?:Fixed|Ended|No longer watched): |Every alert moved)/.test(
    text,
  );

export const endsIt = (reason: string): boolean => ENDS.includes(reason);

/**
 * True when a thread must contain a reply for this transition. An edit alone shows that a problem came back, and also
 * the end of such a problem when no reply announced its return. When a problem returns before Slack has the message of
 * its end, that message is dropped.
 */
export const isReplied = (word: StoredWord, words: readonly StoredWord[]): boolean => {
  if (QUIET.includes(word.reason)) return false;
  if (!endsIt(word.reason)) return true;
  const ofAlert = words.filter(({ alert }) => alert === word.alert);
  const place = ofAlert.indexOf(word);
  const lastTold = ofAlert.slice(0, place).findLast(({ reason }) => reason !== "edited");
  return lastTold?.reason !== "reopened" && !ofAlert.slice(place).some(({ reason }) => reason === "reopened");
};

/** Transitions that only edit the message. */
const QUIET = ["edited", "reopened"];

/** Index of the watch's problem that a text is about, counted from 0; -1 when there is none. */
export const ailmentIn = (ailments: readonly Ailment[], watch: string, text: string): number =>
  ailments.filter((ailment) => ailment.watch === watch).findLastIndex((ailment) => ailment.isIn(text));

/** The line of a thread reply that begins as given, after any mentions. */
const lineOf = (text: string, opening: RegExp | undefined): string | undefined =>
  opening && text.split("\n").find((line) => opening.test(line.replace(/^(?:<[^>]*> ?)*/, "")));

/** True when a reply in an alert's own thread reports this reason. */
export const opensWith = (text: string, reason: string): boolean => lineOf(text, OPENINGS[reason]) !== undefined;

/** True when a reply in a group's thread reports this reason for a watch; `first` means that the watch joined. */
export const groupTells = (text: string, reason: string, watch: string): boolean => {
  const alike = endsIt(reason) ? ENDS : [reason];
  return alike.some((one) => lineOf(text, GROUP_OPENINGS[one])?.includes(`*${watch}*`) ?? false);
};

/** The opening time in a message of an alert or a group, in whole seconds. */
export const openedIn = (text: string): number =>
  Number(/(?:Alert open since|Open from) <!date\^(\d+)\^/.exec(text)?.[1]);

/** The watch in the headline of an alert's own message. */
export const watchIn = (text: string): string | undefined => /^\S+ \*(\w+): /.exec(text)?.[1];

/** The start of each absence that a message reports, in whole seconds. */
export const absencesIn = (text: string): readonly number[] =>
  [...text.matchAll(/^This bot was not running from <!date\^(\d+)\^/gm)].map(([, seconds]) => Number(seconds));
