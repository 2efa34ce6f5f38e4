import { Secret } from "../token/secret/secret.ts";
import { field, type ParseResult } from "./field.ts";

/** Finds white space and quotation marks that were copied with the value. The problem never repeats the value. */
export function copied(text: string): string | undefined {
  return /["'`\s]/.test(text) ? "contains a quotation mark, a space or a line break. Copy only the value." : undefined;
}

/** A Slack token with the prefix of its kind. `where` names the page that shows the token. */
export function slackToken(prefix: string, where: string) {
  return field((text): ParseResult<Secret> => {
    const problem = copied(text);
    if (problem !== undefined) return { problem };
    if (!text.startsWith(prefix)) return { problem: `must start with ${prefix}; ${lookOf(text)}. Find it ${where}.` };
    if (text.length === prefix.length)
      return { problem: `contains only the prefix ${prefix}. Find the whole token ${where}.` };
    return { value: new Secret(text) };
  });
}

/** A secret without a prefix of its own (signing secret, app secret). A value that looks like a token is refused. */
export function plainSecret(where: string) {
  return field((text): ParseResult<Secret> => {
    const problem = copied(text);
    if (problem !== undefined) return { problem };
    const known = KNOWN_PREFIXES.find(([prefix]) => text.startsWith(prefix));
    if (known !== undefined) return { problem: `must be the secret shown ${where}; ${lookOf(text)}.` };
    if (/^\d+\|/.test(text))
      return { problem: `must be only the secret shown ${where}; it has an app ID and | before it.` };
    if (/^\d+$/.test(text)) return { problem: `must be the secret shown ${where}; it has only digits, like an ID.` };
    return { value: new Secret(text) };
  });
}

/** Prefixes of secrets that people paste into the wrong variable, and what each prefix means. */
const KNOWN_PREFIXES: readonly (readonly [string, string])[] = [
  ["xoxe.", "a rotating token, which this bot does not renew; turn off token rotation in the app's settings"],
  ["xoxb-", "the bot token"],
  ["xapp-", "the app-level token"],
  ["xoxp-", "a user token"],
  ["EAA", "a Meta access token"],
];

function lookOf(text: string): string {
  const known = KNOWN_PREFIXES.find(([prefix]) => text.startsWith(prefix));
  return known === undefined ? "it starts with something else" : `it starts with ${known[0]}, which is ${known[1]}`;
}
