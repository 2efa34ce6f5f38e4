import { request } from "undici";
import type { Dispatcher } from "undici";
import { APP } from "./backend.ts";
import { signRequest } from "./signing.ts";

export interface RawReply {
  readonly status: number;
  readonly body: string;
}

export interface RawPostOptions {
  readonly contentType?: string;
  readonly timestampSeconds?: number;
  readonly signature?: string;
  /** Added last; an empty value removes a header. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts any body to the app, with a valid signature for the current time unless the options say otherwise. */
export async function postRaw(
  url: string | undefined,
  dispatcher: Dispatcher,
  body: string,
  options: RawPostOptions = {},
): Promise<RawReply> {
  if (url === undefined) throw new Error("There is no request URL: call setRequestUrl first.");
  const seconds = options.timestampSeconds ?? Math.floor(Date.now() / 1000);
  const headers = {
    "content-type": options.contentType ?? "application/x-www-form-urlencoded",
    ...signRequest(APP.signingSecret, seconds, body),
    ...(options.signature === undefined ? {} : { "x-slack-signature": options.signature }),
    ...options.headers,
  };
  const kept = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ""));
  const reply = await request(url, { method: "POST", headers: kept, body, dispatcher });
  return { status: reply.statusCode, body: await reply.body.text() };
}
