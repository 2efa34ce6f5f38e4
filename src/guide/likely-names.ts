import leven from "leven";
import { swapsOf } from "./typing-slips.ts";

/**
 * The names that a person may have meant with a mistyped name: the likeliest ones, at most three. Upper case and the
 * characters between words do not count. A beginning or a whole word of a name is enough, when it has three letters.
 */
export function likelyNames(typed: string, names: readonly string[]): readonly string[] {
  const asked = lettersOf(typed);
  if (asked === "" || asked.length > longestCompared) return [];
  const scored = names.map((name) => ({ name, far: distance(asked, lettersOf(name)) }));
  const least = Math.min(...scored.map(({ far }) => far));
  return scored
    .filter(({ far }) => far === least && far !== Infinity)
    .slice(0, mostNames)
    .map(({ name }) => name);
}

const mostNames = 3;

/** No name is longer, and longer texts cost time. */
const longestCompared = 80;

/** Lower case, with one hyphen between words. */
function lettersOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");
}

/** The number of typing slips. A beginning or a word counts like one slip and a half. Infinity for different names. */
function distance(asked: string, name: string): number {
  const shorter = Math.min(asked.length, name.length);
  const allowed = shorter < leastPart ? 0 : Math.min(Math.max(1, Math.floor(shorter / lettersForSlip)), mostSlips);
  const slips = Math.min(...[asked, ...swapsOf(asked)].map((one, index) => leven(one, name) + (index === 0 ? 0 : 1)));
  if (slips <= allowed) return slips;
  const isPart = asked.length >= leastPart && (name.startsWith(asked) || name.split("-").includes(asked));
  return isPart ? partDistance : Infinity;
}

const leastPart = 3;
const lettersForSlip = 3;
const mostSlips = 3;
const partDistance = 1.5;
