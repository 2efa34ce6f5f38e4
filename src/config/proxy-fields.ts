import { Secret } from "../token/secret/secret.ts";
import type { ParseResult } from "./field.ts";
import { copied } from "./slack-fields.ts";

/** Reads a proxy URL. It can contain a user name and a password, so it is a secret and no message repeats it. */
export function readProxy(text: string): ParseResult<Secret> {
  const problem = copied(text);
  if (problem !== undefined) return { problem };
  const bad = (what: string): ParseResult<Secret> => ({ problem: `${what}, ${EXAMPLE}.` });
  const [, scheme] = /^([a-z][a-z\d+.-]*):\/\//i.exec(text) ?? [];
  if (scheme === undefined) return bad("must begin with http:// or https://");
  if (!/^https?$/i.test(scheme))
    return bad(`begins with ${scheme.slice(0, 12)}://, but only http:// and https:// proxies are supported`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !areDecodable(url)) return bad(`must be the URL of a proxy (${ESCAPES})`);
  if (url.username === "" && url.password !== "")
    return { problem: "has a password without a user name. Add the user name, or remove the password." };
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "")
    return bad(`must be a URL without a path, ? and # (${ESCAPES})`);
  return { value: new Secret(url.href) };
}

/** Not validated: other programs use many forms. For a form that the bot does not know, it simply uses the proxy. */
export function readNoProxy(text: string): ParseResult<string> {
  return /\p{Cc}/u.test(text)
    ? { problem: "must be a list of hosts separated by commas, for example .example.com,10.0.0.0/8." }
    : { value: text };
}

const EXAMPLE = "for example http://proxy.example.com:3128";
const ESCAPES = "in a user name or password write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23, % as %25";

/** `#`, `/` and `%` in a password must be written as `%23`, `%2F` and `%25`. */
function areDecodable({ username, password }: URL): boolean {
  return [username, password].every((text) => !/%(?![\da-f]{2})/i.test(text));
}
