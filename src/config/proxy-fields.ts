import { Secret } from "../token/secret.ts";
import type { Reading } from "./field.ts";
import { copied } from "./slack-fields.ts";

const EXAMPLE = "for example http://proxy.example.com:3128";

/** The address of a proxy. It may hold a user name and a password, so it is a secret and no problem repeats it. */
export function readProxy(text: string): Reading<Secret> {
  const problem = copied(text);
  if (problem !== undefined) return { problem };
  const bad = (what: string): Reading<Secret> => ({ problem: `${what}, ${EXAMPLE}.` });
  const [, scheme] = /^([a-z][a-z\d+.-]*):\/\//i.exec(text) ?? [];
  if (scheme === undefined) return bad("must begin with http:// or https://");
  if (!/^https?$/i.test(scheme))
    return bad(`begins with ${scheme.slice(0, 12)}://, and only http:// and https:// proxies can be used`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !areDecodable(url)) return bad("must be the address of a proxy");
  if (url.username === "" && url.password !== "") return bad("has a password without a user name");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") return bad("must be an address without a path");
  return { value: new Secret(url.href) };
}

/** `#`, `/` and `%` in a password must be written as `%23`, `%2F` and `%25`. */
function areDecodable({ username, password }: URL): boolean {
  return [username, password].every((text) => !/%(?![\da-f]{2})/i.test(text));
}

/** Left as it is: programs write many forms into it, and one that is not understood only means that the proxy is used. */
export function readNoProxy(text: string): Reading<string> {
  return /\p{Cc}/u.test(text)
    ? { problem: "must be a list of hosts with commas between, for example .example.com,10.0.0.0/8." }
    : { value: text };
}
