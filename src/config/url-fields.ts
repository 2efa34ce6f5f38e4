import type { Proof } from "../renewal/ports.ts";
import { Secret } from "../token/secret/secret.ts";
import type { ParseResult } from "./field.ts";
import { copied } from "./slack-fields.ts";

/** True for this machine, where http:// is allowed. Other names in .localhost may resolve to another machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Base URL of Slack's Web API. The result ends with `/api/`. */
export function readSlackApiUrl(text: string): ParseResult<string> {
  const example = "https://slack.com/api/";
  const reading = readBase(text, example);
  if ("problem" in reading) return reading;
  const { href } = reading.value;
  const address = href.endsWith("/") ? href : `${href}/`;
  return address.endsWith("/api/") ? { value: address } : { problem: `must end with /api/, for example ${example}.` };
}

/** Base URL of the Graph API. The result has no slash at its end and no version. */
export function readGraphApiUrl(text: string): ParseResult<string> {
  const reading = readBase(text, "https://graph.facebook.com");
  if ("problem" in reading) return reading;
  const address = reading.value.href.replace(/\/+$/, "");
  return /\/v\d+(\.\d+)?$/.test(address)
    ? { problem: "must be the URL without a version. Set the version in GRAPH_API_VERSION." }
    : { value: address };
}

/** A heartbeat URL. It is a secret, because anyone with this URL can send heartbeats in the bot's name. */
export function readHeartbeatUrl(text: string): ParseResult<Secret> {
  const problem = copied(text);
  if (problem !== undefined) return { problem };
  const reading = readAddress(text, "https://hc-ping.com/<id>");
  return "problem" in reading ? reading : { value: new Secret(reading.value.href) };
}

/** Where a running app tells the fingerprint of its token. */
export function readProofUrl(text: string): ParseResult<Extract<Proof, { kind: "url" }>> {
  const reading = readAddress(text, "https://orders.internal/token-fingerprint");
  return "problem" in reading ? reading : { value: { kind: "url", url: reading.value.href } };
}

/** A URL without credentials; https:// except for this machine. Problems never repeat the text. */
function readAddress(text: string, example: string): ParseResult<URL> {
  const bad = (what: string): ParseResult<URL> => ({ problem: `${what}, for example ${example}.` });
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) return bad("must be a web URL");
  if (url.username !== "" || url.password !== "") return bad("must be a URL without a user name or password");
  if (url.protocol === "http:" && !isLoopback(url.hostname))
    return bad("must begin with https:// (http:// is allowed only for this machine)");
  return { value: url };
}

/** A base URL: the bot appends paths to it, so it has no query and no fragment. */
function readBase(text: string, example: string): ParseResult<URL> {
  return text.includes("?") || text.includes("#")
    ? { problem: `must be a URL without ? and #, for example ${example}.` }
    : readAddress(text, example);
}
