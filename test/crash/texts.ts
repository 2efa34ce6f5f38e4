import type { StoredWord } from "./stored-rows.ts";
import type { Ailment } from "./town.ts";

/** The words in which each reason is told in a thread. */
const OPENINGS: Readonly<Record<string, string>> = {
  reminder: "Still not fixed",
  worse: "Now worse",
  better: "Better, but not fixed yet",
  lasts: "Came back",
  recovered: "Fixed",
  rotated: "Fixed",
};

/** In a group's thread, where an alert that is new there has a word of its own. */
const JOINED = "New here, of the same cause";

/** An alert that ended, or a group all of whose alerts did. */
export const isOver = (text: string): boolean => /^(?:<[^>]*> ?)*(?:Fixed|Over)\b/.test(text);

export const endsIt = (reason: string): boolean => OPENINGS[reason] === "Fixed";

/**
 * Whether a thread must say this word. A return is shown by an edit alone, and so is the end of a problem whose return
 * nobody was told. An end that Slack did not have is taken back when the problem returns.
 */
export const isReplied = (word: StoredWord, words: readonly StoredWord[]): boolean => {
  if (QUIET.includes(word.reason)) return false;
  if (!endsIt(word.reason)) return true;
  const ofAlert = words.filter(({ alert }) => alert === word.alert);
  const place = ofAlert.indexOf(word);
  const lastTold = ofAlert.slice(0, place).findLast(({ reason }) => reason !== "edited");
  return lastTold?.reason !== "reopened" && !ofAlert.slice(place).some(({ reason }) => reason === "reopened");
};

/** Words that only change the message. */
const QUIET = ["edited", "reopened"];

/** Which ailment of its watch a text speaks of, counted from 0; -1 when of none. */
export const ailmentIn = (ailments: readonly Ailment[], watch: string, text: string): number =>
  ailments.filter((ailment) => ailment.watch === watch).findLastIndex((ailment) => ailment.isIn(text));

/** The line of a thread reply that opens with a reason's words, or says who joined. */
const lineOf = (text: string, opening: string): string | undefined =>
  text.split("\n").find((line) => line.replace(/^(?:<[^>]*> ?)*/, "").startsWith(opening));

/** A reply in an alert's own thread says this. */
export const opensWith = (text: string, reason: string): boolean => {
  const opening = OPENINGS[reason];
  return opening !== undefined && lineOf(text, opening) !== undefined;
};

/** A reply in a group's thread says this of a watch; `first`: that it is new there. */
export const groupTells = (text: string, reason: string, watch: string): boolean => {
  const opening = reason === "first" ? JOINED : OPENINGS[reason];
  return opening !== undefined && (lineOf(text, opening)?.includes(`*${watch}*`) ?? false);
};

/** Since when the alert or the group of a message is open, in whole seconds. */
export const openedIn = (text: string): number => Number(/Open (?:since|from) <!date\^(\d+)\^/.exec(text)?.[1]);

/** The watch that an alert's own message names first. */
export const watchIn = (text: string): string | undefined => /\*(\w+)\*/.exec(text)?.[1];

/** Since when the bot was away, in whole seconds, of each absence that a message tells of. */
export const absencesIn = (text: string): readonly number[] =>
  [...text.matchAll(/^I was away from <!date\^(\d+)\^/gm)].map(([, seconds]) => Number(seconds));
