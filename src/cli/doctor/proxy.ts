import type { Config } from "../../config/config.ts";
import { reveal, type Secret } from "../../token/secret/secret.ts";
import type { Line } from "./line.ts";

/** The proxy for outgoing requests. No line when none is set. */
export function proxyLines({ proxies }: Config): readonly Line[] {
  const { https, http, none } = proxies;
  const used = https ?? http;
  if (used === undefined) return [];
  const name = https === undefined ? "HTTP_PROXY" : "HTTPS_PROXY";
  const directly = none === undefined ? "this machine" : `this machine and NO_PROXY (${none})`;
  const text = `requests go through ${shownProxy(used)} (${name}), except to ${directly}.`;
  return [{ status: "ok", topic, text }];
}

const topic = "Proxy";

/** Shows host and port, and whether there is a user name, but never the password. */
function shownProxy(proxy: Secret): string {
  const { protocol, host, username } = new URL(reveal(proxy));
  return `${protocol}//${host}${username === "" ? "" : " with a user name"}`;
}
