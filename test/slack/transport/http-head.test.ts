import { describe, expect, it } from "vitest";
import { BODY_LIMIT_BYTES, checkHead } from "../../../src/slack/transport/http-head.ts";

const NOW_MS = Date.UTC(2026, 10, 28, 12);
const NOW_SECONDS = NOW_MS / 1_000;
const SIGNATURE = `v0=${"ab".repeat(32)}`;

type Head = Parameters<typeof checkHead>[0];

const headers = (fields: Head["headers"] = {}): Head["headers"] => ({
  "x-slack-signature": SIGNATURE,
  "x-slack-request-timestamp": String(NOW_SECONDS),
  "content-length": "20",
  ...fields,
});

const head = (fields: Partial<Head> = {}): Head => ({
  url: "/slack/events",
  method: "POST",
  headers: headers(),
  ...fields,
});

describe("the head of a request to Slack's address", () => {
  it.each(["/slack/events", "/slack/events?retry=1", "http://bot.example.com/slack/events"])(
    "is accepted at %s",
    (url) => {
      expect(checkHead(head({ url }), NOW_MS)).toEqual({
        kind: "signed",
        signature: SIGNATURE,
        seconds: NOW_SECONDS,
        contentLength: 20,
      });
    },
  );

  it.each([
    "/",
    "/slack",
    "/slack/events/",
    "/slack/EVENTS",
    "/SLACK/events",
    "//slack/events",
    "//",
    "",
    "http://[",
    "/healthz",
  ])("is refused at the path %j, with any other content", (url) => {
    expect(checkHead(head({ url, method: "GET" }), NOW_MS).kind).toBe("other_path");
  });

  it("keeps the query out of the path that is logged", () => {
    expect(checkHead(head({ url: "/other?code=secret" }), NOW_MS)).toEqual({ kind: "other_path", path: "/other" });
  });

  it.each(["GET", "HEAD", "PUT", "OPTIONS", "post"])("is refused with the method %s", (method) => {
    expect(checkHead(head({ method, headers: {} }), NOW_MS).kind).toBe("other_method");
  });

  it.each<[string, Head["headers"], string]>([
    ["no signature", { "x-slack-signature": undefined }, "unsigned"],
    ["no time", { "x-slack-request-timestamp": undefined }, "unsigned"],
    ["a signature of another version", { "x-slack-signature": SIGNATURE.replace("v0", "v1") }, "unsigned"],
    ["a short signature", { "x-slack-signature": "v0=abcdef" }, "unsigned"],
    ["a signature in capitals", { "x-slack-signature": `v0=${"AB".repeat(32)}` }, "unsigned"],
    ["two signatures", { "x-slack-signature": `${SIGNATURE}, ${SIGNATURE}` }, "unsigned"],
    ["a time that is no number", { "x-slack-request-timestamp": "now" }, "unsigned"],
    ["an empty time", { "x-slack-request-timestamp": "" }, "unsigned"],
    ["a negative time", { "x-slack-request-timestamp": "-1" }, "unsigned"],
    ["an old time", { "x-slack-request-timestamp": String(NOW_SECONDS - 301) }, "stale"],
    ["the time 0", { "x-slack-request-timestamp": "0" }, "stale"],
    ["a time at the limit", { "x-slack-request-timestamp": String(NOW_SECONDS - 300) }, "signed"],
    ["a body at the limit", { "content-length": String(BODY_LIMIT_BYTES) }, "signed"],
    ["a body over the limit", { "content-length": String(BODY_LIMIT_BYTES + 1) }, "too_large"],
    ["a body of a length that is not told", { "content-length": undefined }, "signed"],
  ])("with %s", (_name, fields, kind) => {
    expect(checkHead(head({ headers: headers(fields) }), NOW_MS).kind).toBe(kind);
  });
});
