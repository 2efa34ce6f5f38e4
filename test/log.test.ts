import { describe, expect, it } from "vitest";
import { createLogger, type LoggerOptions } from "../src/log.ts";
import { Secret } from "../src/token/secret/secret.ts";
import { fakeToken } from "./support/fake-token.ts";

const record = (level: LoggerOptions["level"] = "trace") => {
  const lines: string[] = [];
  const log = createLogger({ level, to: { write: (line) => lines.push(line) } });
  const last = (): unknown => JSON.parse(lines.at(-1) ?? "null");
  return { log, lines, last };
};

const token = fakeToken("canary");
const canary = token.slice(0, 16);
const slackToken = ["xoxb", "1".repeat(12), "canarycanary"].join("-");

const wrapped = (): Error => {
  const deepest = new TypeError(`GET https://graph.test/debug_token?x=${token} failed`);
  const middle = Object.assign(new Error("connect", { cause: deepest }), {
    code: "ECONNRESET",
    request: { headers: { authorization: `Bearer ${slackToken}` } },
  });
  return new Error(`outer\n${token}`, { cause: middle });
};

const hostile: readonly (readonly [string, unknown])[] = [
  ["a plain field", { field: token }],
  ["a field name", { [token]: 1 }],
  ["nested objects", { a: { b: [{ c: `x\n${token}` }] } }],
  ["beyond the deepest level", { a: { b: { c: { d: { e: { f: { g: { h: { i: token } } } } } } } } }],
  ["an error", { err: wrapped() }],
  ["an error under another name", { failure: { reason: wrapped() } }],
  ["an aggregate of errors", { err: new AggregateError([wrapped()], token) }],
  ["a map and a set", { map: new Map([["k", token]]), set: new Set([token]) }],
  ["bytes", { bytes: Buffer.from(token) }],
  ["a secret", { secret: new Secret(token), given: { token: new Secret(token) } }],
  ["a query", { url: `https://graph.test/v1/debug_token?input_token=${token.slice(0, 18)}` }],
  ["a header", { headers: { authorization: `Bearer ${canary}` } }],
  ["an app token", { text: `100000000000042|${canary}${canary}` }],
];

describe("a log line", () => {
  it.each(hostile)("never holds a token given in %s", (_where, fields) => {
    const { log, lines } = record();
    for (const level of ["trace", "debug", "info", "warn", "error", "fatal"] as const) log[level](fields, "said");
    expect(lines).toHaveLength(6);
    expect(lines.join("")).not.toContain(canary);
    expect(lines.join("")).not.toContain("canarycanary");
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ msg: "said" });
  });

  it("never holds a token given in the message, its arguments or a child's bindings", () => {
    const { log, lines } = record();
    log.info(`said\n${token}`);
    log.info("said %s and %j", token, { token });
    log.error(wrapped());
    log.child({ watch: token, err: wrapped() }).info({ nested: wrapped() }, "said");
    expect(lines).toHaveLength(4);
    expect(lines.join("")).not.toContain(canary);
    expect(lines.join("")).not.toContain("canarycanary");
  });

  it("keeps the fields that an operator needs", () => {
    const { log, last } = record();
    log.warn(
      { watch: "orders-prod", at: new Date(0), err: wrapped(), n: 3n, secret: new Secret(token) },
      "inspection failed",
    );
    expect(last()).toMatchObject({
      level: "warn",
      time: expect.stringMatching(/Z$/),
      watch: "orders-prod",
      at: "1970-01-01T00:00:00.000Z",
      n: "3",
      secret: "[secret]",
      err: {
        type: "Error",
        message: "outer\n[redacted]",
        stack: expect.stringContaining("log.test.ts"),
        cause: {
          code: "ECONNRESET",
          cause: { type: "TypeError", message: "GET https://graph.test/debug_token failed" },
        },
      },
      msg: "inspection failed",
    });
    expect(JSON.stringify(last())).not.toContain("headers");
  });

  it("survives a value that contains itself", () => {
    const { log, last } = record();
    const loop: Record<string, unknown> = { name: "loop" };
    loop["self"] = loop;
    const error = new Error("round");
    error.cause = error;
    log.info({ loop, err: error }, "said");
    expect(last()).toMatchObject({ loop: { name: "loop", self: "[circular]" }, err: { cause: "[circular]" } });
  });

  it("is left out below the level", () => {
    const { log, lines } = record("warn");
    log.info("quiet");
    log.warn("loud");
    expect(lines).toHaveLength(1);
  });
});
