import { Secret } from "../token/secret.ts";
import { field, type Reading, readEach } from "./field.ts";
import { shown } from "./problem.ts";

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
const copied = (text: string): string | undefined =>
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

/** Channels begin with C or G (private), direct messages with D. */
export const readChannel = (text: string): Reading<string> => {
  if (/^[CGD][A-Z0-9]{2,}$/.test(text)) return { value: text };
  const name = text.startsWith("#") ? ", not its name" : "";
  return {
    problem: `must be a channel id such as C0123456789${name}; it is ${shown(text)}. Slack shows it at the end of "About" in the channel's details.`,
  };
};

export const readUser = (text: string): Reading<string> =>
  /^[UW][A-Z0-9]{2,}$/.test(text)
    ? { value: text }
    : {
        problem: `must be a Slack user id such as U0123456789; it is ${shown(text)}. Slack shows it in the person's profile under "Copy member ID".`,
      };

export const readUsers = (items: readonly string[]): Reading<readonly string[]> =>
  items.length === 0
    ? { problem: "must name at least one Slack user id, for example U0123456789." }
    : readEach(items, readUser);
