import type { IncomingMessage } from "node:http";

export const EVENTS_PATH = "/slack/events";

/** Slack's own requests are far smaller. A larger one does not come from Slack. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

/** Checks everything that needs no body, because the body may come from a stranger. Pure. */
export function checkHead({ url = "", method, headers }: Head, nowMs: number): HeadCheck {
  const path = pathOf(url);
  if (path !== EVENTS_PATH) return { kind: "other_path", path };
  if (method !== "POST") return { kind: "other_method", path };
  const { "content-length": length } = headers;
  const contentLength = length === undefined ? null : Number(length);
  if (contentLength !== null && contentLength > BODY_LIMIT_BYTES) return { kind: "too_large" };
  const signature = headers["x-slack-signature"];
  const timestamp = headers["x-slack-request-timestamp"];
  if (typeof signature !== "string" || !/^v0=[0-9a-f]{64}$/.test(signature)) return { kind: "unsigned" };
  if (typeof timestamp !== "string" || !/^\d{1,12}$/.test(timestamp)) return { kind: "unsigned" };
  const seconds = Number(timestamp);
  if (seconds < Math.floor(nowMs / 1_000) - OLDEST_SECONDS) return { kind: "stale" };
  return { kind: "signed", signature, seconds, contentLength };
}

/** Slack's rule for replayed requests (docs.slack.dev, "Verifying requests from Slack", read 2026-11). */
const OLDEST_SECONDS = 5 * 60;

/** The parts of a request that arrive before its body. */
type Head = Pick<IncomingMessage, "url" | "method" | "headers">;

type HeadCheck =
  /** `contentLength` is null when the request does not say. */
  | {
      readonly kind: "signed";
      readonly signature: string;
      readonly seconds: number;
      readonly contentLength: number | null;
    }
  | { readonly kind: "other_path" | "other_method"; readonly path: string }
  | { readonly kind: "unsigned" | "stale" | "too_large" };

/** The path alone, because the query may contain anything. Empty when the address is invalid. */
function pathOf(url: string): string {
  return URL.parse(url, "http://localhost")?.pathname ?? "";
}
