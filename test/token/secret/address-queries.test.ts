import { describe, expect, it } from "vitest";
import { withoutQueries } from "../../../src/token/secret/address-queries.ts";

describe("the queries of addresses", () => {
  it.each([
    ["a query", "GET https://graph.test/x?a=b failed", "GET https://graph.test/x failed"],
    ["no query", "GET https://graph.test/x failed", "GET https://graph.test/x failed"],
    ["an address alone", "https://graph.test?a=b", "https://graph.test"],
    ["no TLS", "http://127.0.0.1:9/x?a=b", "http://127.0.0.1:9/x"],
    ["a socket", "wss://wss.slack.test/link/?ticket=1&app_id=2 closed", "wss://wss.slack.test/link/ closed"],
    ["capitals", "HTTPS://GRAPH.TEST/x?A=B", "HTTPS://GRAPH.TEST/x"],
    ["two addresses", "https://a.test/?b=c or https://d.test/?e=f", "https://a.test/ or https://d.test/"],
    ["an address in a query", "https://a.test/?to=https://b.test/?c=d", "https://a.test/"],
    ["quotes around it", '"https://a.test/?b=c" failed', '"https://a.test/" failed'],
    ["a quote inside the query", 'https://a.test/?b="c"d failed', "https://a.test/ failed"],
    ["a link of Slack", "<https://a.test/?b=c> failed", "<https://a.test/> failed"],
    ["the end of a sentence", "See https://a.test/?b=c. Then retry.", "See https://a.test/. Then retry."],
    ["a bracket after it", "(https://a.test/?b=c), then", "(https://a.test/), then"],
    ["letters before it", "xhttps://a.test/?b=c", "xhttps://a.test/"],
    ["a fragment after the query", "https://a.test/?b=c#d e", "https://a.test/ e"],
    ["an empty query", "Did you open https://a.test? Yes", "Did you open https://a.test? Yes"],
    ["a question without an address", "Is it 1/2? Yes", "Is it 1/2? Yes"],
    ["another scheme", "mailto:a@b.test?subject=c", "mailto:a@b.test?subject=c"],
    ["a path of any length", `https://a.test/${"p".repeat(2_000)}?b=c`, `https://a.test/${"p".repeat(2_000)}`],
    ["nothing", "", ""],
  ])("are removed from a text with %s", (_name, text, expected) => {
    expect(withoutQueries(text)).toBe(expected);
  });

  it.each([
    ["http://", ""],
    ["https://a", ""],
    ["https://a?b ", ""],
    ["https://a?", ""],
    ["https://a?b", ".".repeat(400_000)],
    ["", `https://a?${".".repeat(400_000)}b`],
  ])("are removed in one pass: %j repeated", (piece, end) => {
    const startedAt = performance.now();
    withoutQueries(`${piece.repeat(100_000)}${end}`);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
