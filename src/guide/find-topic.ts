import leven from "leven";
import type { GuideContext } from "./context.ts";
import { overviewTopic } from "./frame-topics.ts";
import { createReader, type Reading, type ReadWords } from "./reading.ts";
import type { Topic, TopicId } from "./topic.ts";
import { guideTopics } from "./topics.ts";
import { meaningfulWords } from "./words.ts";

/** The result of a search: the topic that fits, or else the nearest topic. */
export type TopicSearch =
  | { readonly kind: "found"; readonly topic: Topic }
  /** `alike`: the words resemble a keyword of the nearest topic. Without such a topic, the nearest is the overview. */
  | { readonly kind: "none"; readonly nearest: Topic; readonly alike: boolean };

/**
 * Finds the topic for a person's words, an error code or a pasted error text.
 * A keyword matches when all its words occur. The longest match wins: "session has expired" outweighs "session".
 */
export function findTopic(words: string, context: GuideContext): TopicSearch {
  const { entries, readWords } = (index ??= createIndex());
  const asked = readWords(words);
  const step = stepAsked(asked);
  const id = step === undefined ? bestOf(entries, (entry) => topicScore(entry, asked)) : `step-${step}`;
  const topics = guideTopics(context);
  const topic = topics.find((one) => one.id === id);
  if (topic !== undefined) return { kind: "found", topic };
  const near = bestOf(entries, (entry) => nearness(entry, asked.slice(0, mostCompared)));
  return { kind: "none", nearest: topics.find((one) => one.id === near) ?? overviewTopic, alike: near !== undefined };
}

/** The keywords of a topic, split into words. */
interface Entry {
  readonly id: TopicId;
  readonly keywords: readonly (readonly string[])[];
  readonly alone: readonly (readonly string[])[];
}

/** The words of all topics in every language. The first search makes it, so that no start waits for it. */
let index: Index | undefined;

interface Index {
  readonly entries: readonly Entry[];
  readonly readWords: ReadWords;
}

/** Keywords do not depend on the reader's configuration, so an empty context is enough. */
function createIndex(): Index {
  const entries = guideTopics({ appName: "" }).map(({ id, keywords, alone = [] }) => ({
    id,
    keywords: keywords.map(meaningfulWords),
    alone: alone.map(meaningfulWords),
  }));
  return {
    entries,
    readWords: createReader(new Set(entries.flatMap(({ keywords, alone }) => [...keywords, ...alone].flat()))),
  };
}

const numerals = ["one", "two", "three", "four", "five"];

/** The number of words to compare in a long text without a matching topic. More words only cost time. */
const mostCompared = 20;

/** Below this similarity, words are not alike. The nearest topic is then the overview. */
const leastLikeness = 0.5;

/** The topic with the highest score. The first topic wins a tie. Undefined when every score is 0. */
function bestOf(entries: readonly Entry[], score: (entry: Entry) => number): TopicId | undefined {
  let best: { readonly id: TopicId; readonly score: number } | undefined;
  for (const entry of entries) {
    const one = { id: entry.id, score: score(entry) };
    if (one.score > (best?.score ?? 0)) best = one;
  }
  return best?.id;
}

/** Reads "3", "step 3" or "step three" as the number, even if there is no such step. A lone 10 or 190 is an error code. */
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
  // Further matching keywords only break ties between topics.
  return scores.length === 0 ? 0 : Math.max(...scores) + Math.min(scores.length, 9) / 100;
}

/** True when the search holds no words other than these. */
function isAll(phrase: readonly string[], asked: readonly Reading[]): boolean {
  return asked.every(({ means }) => phrase.some((word) => means.has(word)));
}

/** The number of matching words, slightly less for typing slips. 0 unless every word of the keyword matches. */
function keywordScore(keyword: readonly string[], asked: readonly Reading[]): number {
  const scores = keyword.map((word) => Math.max(0, ...asked.map(({ means }) => means.get(word) ?? 0)));
  return scores.includes(0) ? 0 : sum(scores);
}

/** The similarity of the searched words to the best keyword, from 0 to 1. */
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
