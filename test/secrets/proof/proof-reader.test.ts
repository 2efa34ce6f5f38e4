import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createFetch } from "../../../src/network/fetch.ts";
import { fingerprintsIn } from "../../../src/secrets/proof/fingerprints.ts";
import { createProofReader } from "../../../src/secrets/proof/proof-reader.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";

const FINGERPRINT = "0123456789ab";
const OTHER = "fedcba987654";
const TOKEN = fakeToken("served");

let answer: (response: ServerResponse, path: string) => void = (response) => response.end();
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  answer(response, request.url ?? "");
});
const network = createFetch({});
let address = "";
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await network.close();
  server.close();
});
afterEach(() => {
  asked.length = 0;
});

const options = { env: { PATH: process.env["PATH"] }, ownSecretNames: [], fetch: network.fetch };
const readUrl = (url = `${address}/?key=hidden`, more = {}) =>
  createProofReader({ ...options, ...more })({ kind: "url", url });
const readCommand = (...argv: [string, ...string[]]) => createProofReader(options)({ kind: "exec", argv });

/** The message of a failure, which shows neither the answer nor the address. */
const messageOf = (read: Awaited<ReturnType<typeof readUrl>>): string => {
  const message = read.ok ? "it was read" : read.message;
  expect(message).not.toContain(TOKEN.slice(0, 20));
  expect(message).not.toContain("hidden");
  return message;
};

describe("the fingerprints in an answer", () => {
  it.each<[string, string, readonly string[]]>([
    ["alone", FINGERPRINT, [FINGERPRINT]],
    ["with a line end, in capitals", ` ${FINGERPRINT.toUpperCase()}\r\n`, [FINGERPRINT]],
    ["of digits only", "123456789012", ["123456789012"]],
    ["one a line", `${FINGERPRINT}\n${OTHER}\n`, [FINGERPRINT, OTHER]],
    ["as a JSON text", `"${FINGERPRINT}"`, [FINGERPRINT]],
    ["as a JSON object with more in it", `{"fingerprint":"${FINGERPRINT}","pod":"a"}`, [FINGERPRINT]],
    ["as a list", `["${FINGERPRINT}","${OTHER}"]`, [FINGERPRINT, OTHER]],
    ["as a list of objects", `[{"fingerprint":"${FINGERPRINT}"}, {"fingerprint":"${OTHER}"}]`, [FINGERPRINT, OTHER]],
  ])("are read %s", (_what, text, fingerprints) => {
    expect(fingerprintsIn(text)).toEqual({ ok: true, fingerprints });
  });

  it.each([
    ["nothing", " \n", /^is empty\. The app must answer with 12 hex digits/],
    ["a page", "<!doctype html><p>Log in", /^is a web page \(HTML\)/],
    ["a fingerprint in a page", `<p>${FINGERPRINT}</p>`, /^is a web page/],
    ["another length", `${FINGERPRINT}0`, /^has no fingerprint|^has another form/],
    ["other letters", "0123456789xy", /^has no fingerprint of 12 hex digits/],
    ["a number", "[123456789012]", /^has another form/],
    ["an empty list", "[]", /^has no fingerprint/],
    ["a list with a hole", `["${FINGERPRINT}", null]`, /^has another form/],
    ["another key", `{"print":"${FINGERPRINT}"}`, /^has another form/],
    ["a list in a list", `[["${FINGERPRINT}"]]`, /^has another form/],
    ["a token", `{"token":"${TOKEN}"}`, /^looks like a token\. .*replace the token\.$/],
  ])("are not in %s", (_what, text, words) => {
    const read = fingerprintsIn(text);
    expect(read.ok ? "" : read.problem).toMatch(words);
  });

  it("are never anything else than 12 hex digits", () => {
    const text = fc.oneof(fc.string(), fc.json(), fc.stringMatching(/^[\da-f"[\],{}: ]{10,40}$/));
    fc.assert(
      fc.property(text, (any) => {
        const read = fingerprintsIn(any);
        const values = read.ok ? read.fingerprints : [FINGERPRINT];
        expect(values.filter((value) => !/^[0-9a-f]{12}$/.test(value))).toEqual([]);
        expect(values).not.toEqual([]);
      }),
    );
  });
});

describe("a proof from an address", () => {
  it("is read through the given network", async () => {
    answer = (response) => response.end(`{"fingerprint":"${FINGERPRINT}"}`);
    expect(await readUrl()).toEqual({ ok: true, fingerprints: [FINGERPRINT] });
    expect(asked).toEqual(["/?key=hidden"]);
  });

  it("a redirect is a failure that names its host, and is not followed", async () => {
    for (const [status, location, words] of [
      [
        302,
        "https://elsewhere.example/x?key=hidden",
        /answered HTTP 302, a redirect to elsewhere\.example\. The bot follows no/,
      ],
      [307, "/other", new RegExp(`HTTP 307, a redirect to 127\\.0\\.0\\.1:\\d+\\.`)],
      [301, "http://[", /HTTP 301, a redirect\. The bot/],
    ] as const) {
      answer = (response) => response.writeHead(status, { location }).end(FINGERPRINT);
      expect(messageOf(await readUrl())).toMatch(words);
    }
    expect(asked).toEqual(["/?key=hidden", "/?key=hidden", "/?key=hidden"]);
  });

  it.each<[string, (response: ServerResponse) => void, RegExp]>([
    ["500", (response) => response.writeHead(500).end(FINGERPRINT), /^The app answered HTTP 500\. Check the address/],
    ["404 with HTML", (response) => response.writeHead(404).end("<p>"), /^The app answered HTTP 404\./],
    ["HTML", (response) => response.end("<html>"), /^The answer is a web page/],
    ["nothing", (response) => response.end(), /^The answer is empty\./],
    ["a token", (response) => response.end(TOKEN), /^The answer looks like a token\./],
    ["bytes that are no text", (response) => response.end(Buffer.from([0xff, 0, 1])), /^The answer has no fingerprint/],
    ["more than 4 KiB", (response) => response.end(FINGERPRINT.padEnd(5_000)), /^The answer is longer than 4 KiB\./],
    [
      "without end",
      (response) => {
        const more = (): boolean =>
          !response.destroyed && response.write(" ".repeat(1_000)) && setImmediate(more) && true;
        more();
      },
      /^The answer is longer than 4 KiB\./,
    ],
    [
      "a closed connection",
      (response) => response.destroy(),
      /^No answer: \w+\. Check the address and that the app runs\.$/,
    ],
    [
      "half of it",
      (response) => response.writeHead(200, { "content-length": 12 }).end("0123", () => response.destroy()),
      /^No answer: /,
    ],
  ])("fails when the app answers with %s", async (_what, act, words) => {
    answer = act;
    expect(messageOf(await readUrl())).toMatch(words);
  });

  it("names the cause when nothing listens, and the proxy when that fails", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address() as AddressInfo;
    closed.close();
    expect(messageOf(await readUrl(`http://127.0.0.1:${port}/?key=hidden`))).toMatch(/^No answer: ECONNREFUSED\./);
    const proxied = createFetch({ https: new Secret("http://127.0.0.1:1") });
    const read = await readUrl("https://app.example/?key=hidden", { fetch: proxied.fetch });
    expect(messageOf(read)).toMatch(/^No answer: ECONNREFUSED at the proxy 127\.0\.0\.1:1\./);
    await proxied.close();
  });

  it("waits at most 5 s", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => AbortSignal.abort());
    expect(messageOf(await readUrl())).toBe("No answer within 5 s. Check that the app runs.");
    expect(timeout).toHaveBeenCalledWith(5_000);
    timeout.mockRestore();
  });

  it("ends with the bot", async () => {
    const stop = new AbortController();
    answer = () => stop.abort();
    expect(messageOf(await readUrl(undefined, { signal: stop.signal }))).toMatch(/^No answer: AbortError/);
  });
});

describe("a proof from a command", () => {
  it("is its standard output", async () => {
    expect(await readCommand("printf", String.raw`%s\n%s\n`, FINGERPRINT, OTHER)).toEqual({
      ok: true,
      fingerprints: [FINGERPRINT, OTHER],
    });
  });

  it.each<[string, [string, ...string[]], RegExp]>([
    ["fails", ["false"], /^The command failed: it ended with exit code 1\./],
    ["does not exist", ["no-such-command"], /^The command failed: it was not found\./],
    ["prints nothing", ["true"], /^The answer is empty\./],
    ["prints a token", ["echo", TOKEN], /^The answer looks like a token\./],
    ["prints more than 4 KiB", ["printf", "%5000s", FINGERPRINT], /^The answer is longer than 4 KiB\./],
    ["prints without end", ["yes", FINGERPRINT], /^The command failed: it gives more than 64 KiB\./],
  ])("fails when it %s", async (_what, argv, words) => {
    expect(messageOf(await readCommand(...argv))).toMatch(words);
  });
});
