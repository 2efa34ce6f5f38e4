import leven from "leven";
import type { GuideContext } from "./context.ts";
import { overviewTopic } from "./frame-topics.ts";
import { createReader, type Reading } from "./reading.ts";
import type { Topic, TopicId } from "./topic.ts";
import { guideTopics } from "./topics.ts";
import { meaningfulWords } from "./words.ts";

/** What a search gives: the topic, or the one that comes nearest when none fits. */
export type TopicSearch =
  | { readonly kind: "found"; readonly topic: Topic }
  | { readonly kind: "none"; readonly nearest: Topic };

/**
 * The topic that a person's words, an error code or a pasted error text is about.
 * A keyword counts when all its words occur; the longest one decides, so "session has expired" outweighs "session".
 */
export function findTopic(words: string, context: GuideContext): TopicSearch {
  const asked = readWords(words);
  const step = stepAsked(asked);
  const id = step === undefined ? bestOf((entry) => topicScore(entry, asked)) : `step-${step}`;
  const topics = guideTopics(context);
  const topic = topics.find((one) => one.id === id);
  if (topic !== undefined) return { kind: "found", topic };
  const near = bestOf((entry) => nearness(entry, asked.slice(0, mostCompared)));
  return { kind: "none", nearest: topics.find((one) => one.id === near) ?? overviewTopic };
}

/** What a topic is found by, as words. */
interface Entry {
  readonly id: TopicId;
  readonly keywords: readonly (readonly string[])[];
  readonly alone: readonly (readonly string[])[];
}

/** Nothing personal decides what a topic is found by. */
const entries: readonly Entry[] = guideTopics({ appName: "" }).map(({ id, keywords, alone = [] }) => ({
  id,
  keywords: keywords.map(meaningfulWords),
  alone: alone.map(meaningfulWords),
}));
const readWords = createReader(new Set(entries.flatMap(({ keywords, alone }) => [...keywords, ...alone].flat())));
const numerals = ["one", "two", "three", "four", "five"];
/** Of a long text that no topic is about, in words: the rest changes nothing and costs time. */
const mostCompared = 20;
/** Words that share fewer letters are not alike; then the beginning of the guide is as near as any topic. */
const leastLikeness = 0.5;

/** The topic with the highest score; the first of equals, none when every score is 0. */
function bestOf(score: (entry: Entry) => number): TopicId | undefined {
  let best: { readonly id: TopicId; readonly score: number } | undefined;
  for (const entry of entries) {
    const one = { id: entry.id, score: score(entry) };
    if (one.score > (best?.score ?? 0)) best = one;
  }
  return best?.id;
}

/** "3", "step 3", "step three": the number as text, also when there is no such step. A lone 10 or 190 is an error code. */
function stepAsked(asked: readonly Reading[]): string | undefined {
  const at = asked.findIndex(({ means }) => means.has("step"));
  const named = at === -1 ? undefined : asked[at + 1]?.word;
  const word = named ?? (asked.length === 1 ? asked[0]?.word : undefined);
  if (word === undefined) return undefined;
  const numeral = numerals.indexOf(word);
  if (numeral !== -1) return String(numeral + 1);
  return (named === undefined ? /^[1-5]$/ : /^\d+$/).test(word) ? word : undefined;
}

function topicScore({ keywords, alone }: Entry, asked: readonly Reading[]): number {
  const counted = [...keywords, ...alone.filter((phrase) => isAll(phrase, asked))];
  const scores = counted.map((keyword) => keywordScore(keyword, asked)).filter((score) => score > 0);
  // A second keyword only breaks ties between topics.
  return scores.length === 0 ? 0 : Math.max(...scores) + Math.min(scores.length, 9) / 100;
}

/** True when nothing but these words was asked. */
function isAll(phrase: readonly string[], asked: readonly Reading[]): boolean {
  return asked.every(({ means }) => phrase.some((word) => means.has(word)));
}

/** The number of words found, a little less for typing slips; 0 unless every word of the keyword was asked for. */
function keywordScore(keyword: readonly string[], asked: readonly Reading[]): number {
  const scores = keyword.map((word) => Math.max(0, ...asked.map(({ means }) => means.get(word) ?? 0)));
  return scores.includes(0) ? 0 : sum(scores);
}

/** Between 0 and 1: how like the asked words are to those of the keyword that fits best. */
function nearness({ keywords, alone }: Entry, asked: readonly Reading[]): number {
  const scores = [...keywords, ...alone].map(
    (keyword) => sum(keyword.map((word) => Math.max(0, ...asked.map((one) => similarity(one, word))))) / keyword.length,
  );
  const best = Math.max(...scores);
  return best < leastLikeness ? 0 : best;
}

function similarity({ word, means }: Reading, other: string): number {
  return means.get(other) ?? 1 - leven(word, other) / Math.max(word.length, other.length);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
