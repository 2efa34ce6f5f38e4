import { type ParseResult, readEach } from "./field.ts";
import { shown } from "./problem.ts";

/** Channel IDs begin with C or G (private), IDs of direct messages with D. */
export function readChannel(text: string): ParseResult<string> {
  if (CHANNEL.test(text)) return { value: text };
  return {
    problem: `must be a channel ID such as C0123456789${notItsName(text)}; it is ${shown(text)}. ${WHERE_CHANNEL}`,
  };
}

export function readUser(text: string): ParseResult<string> {
  return USER.test(text)
    ? { value: text }
    : { problem: `must be a Slack user ID such as U0123456789; it is ${shown(text)}. ${WHERE_USER}` };
}

export function readUsers(items: readonly string[]): ParseResult<readonly string[]> {
  return items.length === 0
    ? { problem: "must name at least one Slack user ID, for example U0123456789." }
    : readEach(items, (item) =>
        USER.test(item)
          ? { value: item }
          : {
              problem: `must be a list of Slack user IDs such as U0123456789, separated by commas; one item is ${shown(item)}. ${WHERE_USER}`,
            },
      );
}

/** A person or a user group to mention. The mention of a group is written `<!subteam^S…>`. */
export function readUserOrGroup(text: string): ParseResult<string> {
  return USER.test(text) || USER_GROUP.test(text)
    ? { value: text }
    : {
        problem: `must be a Slack user ID such as U0123456789 or a user group ID such as S0123456789; it is ${shown(text)}. ${WHERE_USER}`,
      };
}

/** A place to post. A message to a user ID arrives in that person's direct messages. */
export function readChannelOrUser(text: string): ParseResult<string> {
  return CHANNEL.test(text) || USER.test(text)
    ? { value: text }
    : {
        problem: `must be a channel ID such as C0123456789 or a Slack user ID such as U0123456789${notItsName(text)}; it is ${shown(text)}. ${WHERE_CHANNEL}`,
      };
}

/** Names of channels and people have lower-case letters, which IDs never have. */
function notItsName(text: string): string {
  return /^[#@]|^[\p{Ll}\p{Lo}\d_.-]+$/u.test(text) ? ", not its name" : "";
}

const CHANNEL = /^[CGD][A-Z0-9]{2,}$/;
const USER = /^[UW][A-Z0-9]{2,}$/;
const USER_GROUP = /^S[A-Z0-9]{2,}$/;

const WHERE_CHANNEL = 'Slack shows it at the end of "About" in the channel\'s details.';
const WHERE_USER = 'Slack shows it in the person\'s profile under "Copy member ID".';
