import { Secret } from "../token/secret.ts";
import type { Reading } from "./field.ts";
import { copied } from "./slack-fields.ts";

/** This machine, where an address may do without https. Another name that ends in .localhost may lead elsewhere. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);

/** An http address without credentials; https unless it is this machine. Never repeats the text. */
const readAddress = (text: string, example: string): Reading<URL> => {
  const bad = (what: string): Reading<URL> => ({ problem: `${what}, for example ${example}.` });
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) return bad("must be a web address");
  if (url.username !== "" || url.password !== "") return bad("must be an address without a user name or password");
  if (url.protocol === "http:" && !isLoopback(url.hostname))
    return bad("must begin with https:// (http:// is allowed for this machine only)");
  return { value: url };
};

/** The base of further addresses: no query, no fragment. */
const readBase = (text: string, example: string): Reading<URL> =>
  text.includes("?") || text.includes("#")
    ? { problem: `must be an address without ? and #, for example ${example}.` }
    : readAddress(text, example);

/** Base of Slack's Web API, with `/api/` at its end. */
export const readSlackApiUrl = (text: string): Reading<string> => {
  const example = "https://slack.com/api/";
  const reading = readBase(text, example);
  if ("problem" in reading) return reading;
  const { href } = reading.value;
  const address = href.endsWith("/") ? href : `${href}/`;
  return address.endsWith("/api/") ? { value: address } : { problem: `must end with /api/, for example ${example}.` };
};

/** Base of the Graph API, without a slash at its end and without a version. */
export const readGraphApiUrl = (text: string): Reading<string> => {
  const reading = readBase(text, "https://graph.facebook.com");
  if ("problem" in reading) return reading;
  const address = reading.value.href.replace(/\/+$/, "");
  return /\/v\d+(\.\d+)?$/.test(address)
    ? { problem: "must be the address without a version; the version belongs into GRAPH_API_VERSION." }
    : { value: address };
};

/** Whoever knows this address can speak for the bot, so it is kept like a password. */
export const readHeartbeatUrl = (text: string): Reading<Secret> => {
  const problem = copied(text);
  if (problem !== undefined) return { problem };
  const reading = readAddress(text, "https://hc-ping.com/<id>");
  return "problem" in reading ? reading : { value: new Secret(reading.value.href) };
};
