import type { StoredWord } from "./stored-rows.ts";
import type { Ailment } from "./town.ts";

/** The first words of a thread reply, by reason. */
const OPENINGS: Readonly<Record<string, string>> = {
  reminder: "Still not fixed",
  worse: "Now worse",
  better: "Better, but not fixed yet",
  lasts: "Came back",
  recovered: "Fixed",
  rotated: "Fixed",
};

/** The first words in a group's thread for an alert that joins the group. */
const JOINED = "New here, of the same cause";

/** True for the text of a resolved alert, or of a group whose alerts are all resolved. */
export const isOver = (text: string): boolean => /^(?:<[^>]*> ?)*(?:Fixed|Over)\b/.test(text);

export const endsIt = (reason: string): boolean => OPENINGS[reason] === "Fixed";

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

/** The line of a thread reply that begins with the given words, after any mentions. */
const lineOf = (text: string, opening: string): string | undefined =>
  text.split("\n").find((line) => line.replace(/^(?:<[^>]*> ?)*/, "").startsWith(opening));

/** True when a reply in an alert's own thread reports this reason. */
export const opensWith = (text: string, reason: string): boolean => {
  const opening = OPENINGS[reason];
  return opening !== undefined && lineOf(text, opening) !== undefined;
};

/** True when a reply in a group's thread reports this reason for a watch; `first` means that the watch joined. */
export const groupTells = (text: string, reason: string, watch: string): boolean => {
  const opening = reason === "first" ? JOINED : OPENINGS[reason];
  return opening !== undefined && (lineOf(text, opening)?.includes(`*${watch}*`) ?? false);
};

/** The opening time in a message of an alert or a group, in whole seconds. */
export const openedIn = (text: string): number => Number(/Open (?:since|from) <!date\^(\d+)\^/.exec(text)?.[1]);

/** The first watch that an alert's own message names. */
export const watchIn = (text: string): string | undefined => /\*(\w+)\*/.exec(text)?.[1];

/** The start of each absence that a message reports, in whole seconds. */
export const absencesIn = (text: string): readonly number[] =>
  [...text.matchAll(/^I was away from <!date\^(\d+)\^/gm)].map(([, seconds]) => Number(seconds));
