import type { Alert } from "../../watch/alert.ts";
import { leadWords } from "../group/lead-words.ts";

/** What all give alike, or nothing. */
const alike = (texts: readonly (readonly string[])[]): readonly string[] => {
  const [first, ...others] = new Set(texts.map((lines) => JSON.stringify(lines)));
  return first === undefined || others.length > 0 ? [] : (texts[0] ?? []);
};

/** Why, and what to do, as far as it is the same for all that are open: their list need not send anybody elsewhere. */
export const sharedWords = (alerts: readonly Alert[], timezone: string): readonly string[] => {
  const words = alerts.filter(({ resolvedAt }) => resolvedAt === null).map((alert) => leadWords(alert, timezone));
  return [...alike(words.map(({ cause }) => cause)), ...alike(words.map(({ todo }) => todo))];
};
