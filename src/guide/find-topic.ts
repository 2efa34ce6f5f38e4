import type { GuideContext } from "./context.ts";
import type { Topic } from "./topic.ts";
import { guideTopics } from "./topics.ts";
import { likeness, meaningfulWords } from "./words.ts";

export interface FoundTopic {
  readonly topic: Topic;
  /** Higher is surer; only comparable within one search. */
  readonly score: number;
}

const numerals = ["one", "two", "three", "four", "five"];

/**
 * The topic that a person's words, an error code or a pasted error text is about; undefined when nothing fits.
 * A keyword counts when all its words occur; the longest one decides, so "session has expired" outweighs "session".
 */
export function findTopic(words: string, context: GuideContext): FoundTopic | undefined {
  const asked = meaningfulWords(words);
  const topics = guideTopics(context);
  const step = stepAsked(asked);
  if (step !== undefined) {
    const topic = topics.find((one) => String(one.step) === step);
    return topic === undefined ? undefined : { topic, score: 100 };
  }
  let best: FoundTopic | undefined;
  for (const topic of topics) {
    const score = topicScore(topic, asked);
    if (score > (best?.score ?? 0)) best = { topic, score };
  }
  return best;
}

/** "3", "step 3", "step three": the number as text, also when there is no such step. A lone 10 or 190 is an error code. */
function stepAsked(asked: readonly string[]): string | undefined {
  const at = asked.indexOf("step");
  const named = at === -1 ? undefined : asked[at + 1];
  const word = named ?? (asked.length === 1 ? asked[0] : undefined);
  if (word === undefined) return undefined;
  const numeral = numerals.indexOf(word);
  if (numeral !== -1) return String(numeral + 1);
  return (named === undefined ? /^[1-5]$/ : /^\d+$/).test(word) ? word : undefined;
}

function topicScore(topic: Topic, asked: readonly string[]): number {
  let longest = 0;
  let hits = 0;
  const alone = (topic.alone ?? []).filter((phrase) => isAll(meaningfulWords(phrase), asked));
  for (const keyword of [...topic.keywords, ...alone]) {
    const score = keywordScore(meaningfulWords(keyword), asked);
    if (score > 0) hits += 1;
    longest = Math.max(longest, score);
  }
  // A second keyword only breaks ties between topics.
  return longest === 0 ? 0 : longest + Math.min(hits, 9) / 100;
}

/** True when nothing but these words was asked. */
function isAll(phrase: readonly string[], asked: readonly string[]): boolean {
  return asked.every((one) => phrase.some((word) => likeness(one, word) > 0));
}

/** The number of words found, a little less for typos; 0 unless every word of the keyword was asked for. */
function keywordScore(keyword: readonly string[], asked: readonly string[]): number {
  let sum = 0;
  for (const word of keyword) {
    const best = Math.max(0, ...asked.map((one) => likeness(one, word)));
    if (best === 0) return 0;
    sum += best;
  }
  return sum;
}
