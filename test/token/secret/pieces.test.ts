import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPieceFilter } from "../../../src/token/secret/piece-filter.ts";
import { hidePieces } from "../../../src/token/secret/pieces.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";

const RUN = 12;
const LETTERS = /[^0-9A-Za-z█]/g;

/** True when no run of the secret is left, neither in the text nor in its letters and digits. */
const isHidden = (secret: string, cleaned: string): boolean => {
  const text = cleaned.replaceAll("[redacted]", "█");
  const holds = (whole: string, part: string): boolean => {
    for (let at = 0; at + RUN <= part.length; at++) if (whole.includes(part.slice(at, at + RUN))) return true;
    return false;
  };
  return !holds(text, secret) && !holds(text.replace(LETTERS, ""), secret.replace(LETTERS, ""));
};

const TOKEN = fakeToken("pieces");
const APP_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/** A token, a long token, hex, punctuation, repetition, and any printable text. */
const secrets = fc.oneof(
  fc.constant(TOKEN),
  fc.constant(fakeToken("long", 400)),
  fc.constant(APP_SECRET),
  fc.constant(TOKEN.replaceAll(/.{9}/g, "$&-")),
  fc.constant(`${"ab1".repeat(20)}${"ab1c".repeat(20)}`),
  fc.stringMatching(/^[!-~]{12,80}$/).filter((text) => !/["'`{}<>]|^\w+=[^=]|^\d+$|^\d+\||:\/\//.test(text)),
);

const separators = fc.constantFrom(
  "",
  "\n",
  "\r\n",
  " ",
  "\t",
  "-",
  "…",
  "\u200b",
  "\u00ad",
  "\u202e",
  "\u2028",
  "'\n  + '",
  '", "',
  "<br>",
  "<br />\n",
  "<wbr>",
  "&shy;",
  "&#8203;",
  "&#x200B;",
  "&nbsp;",
  "%0A",
  "%E2%80%8B",
  "%250A",
  "\\n",
  "\\\\n",
  "\\u200b",
  "=\r\n",
);

const everyCharacter = (text: string, write: (code: number) => string): string =>
  text.replaceAll(/[^]/g, (character) => write(character.charCodeAt(0)));

const escapes: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => everyCharacter(text, (code) => `%${code.toString(16).padStart(2, "0")}`),
  (text) => everyCharacter(text, (code) => `&#${code};`),
  (text) => everyCharacter(text, (code) => `&#x${code.toString(16)};`),
  (text) => everyCharacter(text, (code) => String.raw`\u${code.toString(16).padStart(4, "0")}`),
  (text) => everyCharacter(text, (code) => String.raw`\x${code.toString(16).padStart(2, "0")}`),
  (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll("/", String.raw`\/`),
  (text) => text.replaceAll("&", "&amp;"),
];

const wrapped = (text: string, width: number, separator: string): string =>
  (text.match(new RegExp(`[^]{1,${width}}`, "g")) ?? []).join(separator);

const filterOf = (held: readonly Secret[]) => {
  const filter = createPieceFilter();
  held.forEach(filter.add);
  return filter;
};

/** Hides the values. The filter must pass every text that contains something to hide. */
const hide = (text: string, ...values: readonly string[]): string => {
  const held = values.map((value) => new Secret(value));
  const hidden = hidePieces(text, held);
  if (hidden !== text) expect(filterOf(held).mayHold(text)).toBe(true);
  return hidden;
};

describe("pieces of a secret are hidden", () => {
  it("however it is wrapped", () => {
    fc.assert(
      fc.property(
        secrets,
        fc.integer({ min: 1, max: 90 }),
        separators,
        fc.string({ maxLength: 20 }),
        (secret, width, separator, around) => {
          const text = `${around} ${wrapped(secret, width, separator)} ${around}`;
          expect(isHidden(secret, hide(text, secret))).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("in any order, overlapping, and next to each other", () => {
    const cuts = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 120 }), separators), { maxLength: 12 });
    fc.assert(
      fc.property(secrets, cuts, (secret, pieces) => {
        const text = pieces
          .map(([at, length, separator]) => {
            const from = at % secret.length;
            return secret.slice(from, from + length) + separator;
          })
          .join("");
        expect(isHidden(secret, hide(text, secret))).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it("also when they are escaped", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constant(TOKEN), fc.constant(APP_SECRET), fc.stringMatching(/^[0-9A-Za-z/+=.&-]{24,80}$/)),
        fc.constantFrom(...escapes),
        fc.nat(12),
        (secret, escape, from) => {
          fc.pre(!/^\w+=[^=]|^\d+$/.test(secret));
          const hidden = hide(`error at ${escape(secret.slice(from))}.`, secret);
          // No escape is left that could still contain a part of the secret.
          expect(hidden).toMatch(/^err.{0,40}\[redacted\].{0,40}\.$/);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("every run of twelve characters, at every place", () => {
    for (let at = 0; at + RUN <= TOKEN.length; at++)
      expect(hide(`(${TOKEN.slice(at, at + RUN)})`, TOKEN)).toBe("([redacted])");
  });

  it.each([
    ["the part behind the bar of an app token", `100000000000042|${APP_SECRET}`, APP_SECRET.slice(3, 20)],
    ["what follows the host of an address", `https://hc.example.com/${APP_SECRET}`, APP_SECRET.slice(0, 14)],
    ["the credentials in an address", `https://bob:${APP_SECRET}@hc.example.com/x`, APP_SECRET],
    ["a short secret as a whole", "p4ss-w0rd", "p4ss-w0rd"],
    ["a short secret in an address", "p4ss/w0rd", "p4ss%2Fw0rd"],
    ["a secret of twelve characters", "s3cr3t-w0rd!", "s3cr3t-w0rd!"],
    ["a short password with a space", "my p4ssw0rd", "my p4ssw0rd"],
    ["a document as a whole", `TOKEN=${APP_SECRET}`, `TOKEN=${APP_SECRET}`],
  ])("%s", (_name, secret, said) => {
    expect(hide(`bad ${said}!`, secret)).toBe("bad [redacted]!");
  });
});

describe("ordinary text is not eaten", () => {
  it.each([
    ["eleven characters", `at ${TOKEN.slice(20, 31)} or so`, TOKEN],
    ["other tokens", fakeToken("other"), TOKEN],
    ["another case", TOKEN.toLowerCase(), TOKEN],
    ["the id in front of an app token", "app 100000000000042", `100000000000042|${APP_SECRET}`],
    ["the host of an address", "see https://hc.example.com/docs", `https://hc.example.com/${APP_SECRET}`],
    ["an id that stands in the place of a token", "number 100000000002001 is gone", "1000000000020010"],
    ["the names in a document", "set WHATSAPP_ACCESS_TOKEN", `WHATSAPP_ACCESS_TOKEN=${APP_SECRET}`],
    ["the names in JSON", "no phone_number_id", `{"phone_number_id":"1","access_token":"${APP_SECRET}"}`],
    ["a word too short to be a secret", "password", "pass"],
  ])("%s", (_name, text, secret) => {
    expect(hide(text, secret)).toBe(text);
  });

  it("whatever words it holds, beside a random token", () => {
    const words = fc.array(
      fc.constantFrom(
        "whatsapp_business_management",
        "Error validating access token:",
        "100000000000042",
        "%20",
        "\\n",
      ),
    );
    fc.assert(
      fc.property(words, fc.string({ maxLength: 300 }), (said, noise) => {
        const text = `${said.join(" ")} ${noise}`;
        expect(hide(text, TOKEN, APP_SECRET)).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });

  it("a secret that holds common words hides these words, from twelve letters on", () => {
    const password = "correct horse battery".replaceAll(" ", "-");
    expect(hide("the correct horse ate", password)).toBe("the [redacted] ate");
    expect(hide("a horse and a battery", password)).toBe("a horse and a battery");
  });
});

describe("the filter in front of the search", () => {
  const MANY = Array.from({ length: 150 }, (_, index) => new Secret(fakeToken(`many ${index}`, 200)));

  it("passes over ordinary texts at once, however many secrets are held", () => {
    const filter = filterOf(MANY);
    for (const text of [
      "whatsapp_business_management",
      "the token of a watch turned bad, and its alert was handed to Slack",
      "GET /v26.0/debug_token?x=%20&amp;y <br> C:\\new",
      fakeToken("another", 200),
    ])
      expect(filter.mayHold(text)).toBe(false);
  });

  it("finds each of many secrets, also beside a short one, and none once they are forgotten", () => {
    const filter = filterOf([...MANY, new Secret("p4ss-w0rd")]);
    const texts = [...MANY.map((_, index) => `no ${fakeToken(`many ${index}`, 200).slice(50, 62)}.`), "no p4ss-w0rd"];
    for (const text of texts) expect(filter.mayHold(text)).toBe(true);
    filter.clear();
    for (const text of texts) expect(filter.mayHold(text)).toBe(false);
  });
});

it("time grows with the text, not with the square of it", () => {
  const values = Array.from({ length: 30 }, (_, index) => fakeToken(`many ${index}`, 300));
  const odd = (times: number): void => {
    const text = `${TOKEN.slice(0, 11)} %41 \\n &amp; `.repeat(times);
    expect(hide(text, ...values, TOKEN)).toBe(text);
  };
  const alike = (times: number): void => {
    expect(hide("a".repeat(100 * times), "a".repeat(300)).length).toBeLessThan(20 * times);
  };
  // The processor time of this thread, the least of several, because other programs only add to a time. The texts are
  // long enough for a clock that counts in steps of 4 ms. Four times the text takes 16 times with the square.
  const least = (work: () => void): number =>
    Math.min(
      ...Array.from({ length: 4 }, () => {
        const started = process.threadCpuUsage();
        work();
        const { user, system } = process.threadCpuUsage(started);
        return user + system;
      }),
    );
  const grows = (hidden: (times: number) => void, times: number): number =>
    least(() => hidden(4 * times)) / least(() => hidden(times));
  expect(grows(odd, 1_000)).toBeLessThan(9);
  // More runs than a call takes arguments.
  expect(grows(alike, 400)).toBeLessThan(9);
});
