import { expect, it, vi } from "vitest";
import { createLogger } from "../../../src/log.ts";
import { holdDuring, holdSecrets, secretsIn } from "../../../src/token/secret/held.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { mayHoldSecret, redact } from "../../../src/token/secret/shape.ts";

// A piece of 16 characters does not look like a token. Only a comparison with the secret can find it.
const make = (seed: string): string =>
  Array.from({ length: 8 }, (_, at) => `${seed}${"abcdefgh".slice(at)}${at}${"ZYXWVUTS".slice(0, at)}`).join("");
const pieceOf = (value: string): string => `${value.slice(21, 37)}\n${value.slice(37, 53)}`;

it("redact hides pieces of a secret while work is done with it, and just after that work failed", async () => {
  const value = make("held");
  const text = `error near ${pieceOf(value)}.`;
  expect(redact(text)).toBe(text);
  const secret = new Secret(value);
  const work = holdDuring([secret], async () => {
    expect(redact(text)).toBe("error near [redacted].");
    await Promise.resolve();
    throw new Error(text);
  });
  await expect(work).rejects.toThrow();
  expect(redact(text)).toBe("error near [redacted].");
});

it("one of two uses that ends does not let the secret go", async () => {
  const value = make("twice");
  const secret = new Secret(value);
  holdSecrets([secret]);
  await holdDuring([secret], () => Promise.resolve());
  for (let other = 0; other < 100; other++) await holdDuring([new Secret(make(`other${other}`))], async () => {});
  expect(redact(pieceOf(value))).toBe("[redacted]");
});

it("keeps the last secrets in sight when it forgets older ones", async () => {
  const kept: Secret[] = [];
  for (let round = 0; round < 140; round++) {
    const value = make(`last${round}`);
    // Keeps the secret in memory, because released secrets are held only by weak references.
    kept.push(new Secret(value));
    await holdDuring(kept.slice(-1), () => Promise.resolve());
    expect(redact(`error near ${pieceOf(value)}.`)).toBe("error near [redacted].");
  }
});

it("finds the secrets of a configuration at any depth, and holds them in every log line", () => {
  const value = make("deep");
  holdSecrets(secretsIn({ a: [{ b: new Secret(value) }], c: null, d: new Date(0) }));
  const write = vi.fn<(line: string) => void>();
  const log = createLogger({ level: "info", to: { write } });
  log.info({ err: new Error(`no ${pieceOf(value)}`), list: [pieceOf(value)] }, `oh ${pieceOf(value)}`);
  const line = write.mock.lastCall?.[0] ?? "";
  expect(line).toContain("oh [redacted]");
  expect(line).not.toContain(value.slice(24, 36));
  expect(line).not.toContain(value.slice(40, 52));
});

it("refuses typed text that holds a piece", () => {
  const value = make("typed");
  expect(mayHoldSecret(pieceOf(value))).toBe(false);
  holdSecrets([new Secret(value)]);
  expect(mayHoldSecret(`as seen in ${pieceOf(value)}`)).toBe(true);
  expect(mayHoldSecret("waiting for the new token")).toBe(false);
});
