import { Secret } from "../token/secret.ts";
import { field, type Reading } from "./field.ts";

/** What a pasted secret begins with, and what that is; the longest prefix first. */
const KNOWN_PREFIXES: readonly (readonly [string, string])[] = [
  ["xoxe.", "a token with rotation, which this bot does not renew; turn token rotation off in the app's settings"],
  ["xoxb-", "the bot token"],
  ["xapp-", "the app-level token"],
  ["xoxp-", "a user token"],
  ["EAA", "a Meta access token"],
];

const lookOf = (text: string): string => {
  const known = KNOWN_PREFIXES.find(([prefix]) => text.startsWith(prefix));
  return known === undefined ? "it starts with something else" : `it starts with ${known[0]}, which is ${known[1]}`;
};

/** White space and quotes come from copying; the value itself is never repeated. */
export const copied = (text: string): string | undefined =>
  /["'`\s]/.test(text) ? "has a quotation mark, a space or a line break in it. Copy the value alone." : undefined;

/** A Slack token with the prefix of its kind; `where` says on which page it is found. */
export const slackToken = (prefix: string, where: string) =>
  field((text): Reading<Secret> => {
    const problem = copied(text);
    if (problem !== undefined) return { problem };
    if (!text.startsWith(prefix))
      return { problem: `must start with ${prefix}; ${lookOf(text)}. It is shown ${where}.` };
    if (text.length === prefix.length) return { problem: `is only its beginning, ${prefix}. It is shown ${where}.` };
    return { value: new Secret(text) };
  });

/** A secret without a prefix of its own (signing secret, app secret): refused when it is one of the tokens. */
export const plainSecret = (where: string) =>
  field((text): Reading<Secret> => {
    const problem = copied(text);
    if (problem !== undefined) return { problem };
    const known = KNOWN_PREFIXES.find(([prefix]) => text.startsWith(prefix));
    if (known !== undefined) return { problem: `must be the secret shown ${where}; ${lookOf(text)}.` };
    if (/^\d+\|/.test(text))
      return { problem: `must be the secret alone, as shown ${where}; it has an id and | before it.` };
    if (/^\d+$/.test(text)) return { problem: `must be the secret shown ${where}; digits only look like an id.` };
    return { value: new Secret(text) };
  });
