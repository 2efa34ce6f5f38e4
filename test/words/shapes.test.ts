import { describe, expect, it } from "vitest";
import type { Place, ShapeProblem } from "../../src/token/secret/shape-problem.ts";
import { SHAPE_KINDS, type ShapeKind } from "../../src/token/secret/shape-rules.ts";
import { terminalText } from "../../src/words/plain-text.ts";
import { sentences } from "../../src/words/values.ts";
import { words } from "../../src/words/words.ts";

const looks = (problem: ShapeProblem): string => terminalText(words.shapes.looks(problem));
const remedy = (problem: ShapeProblem): string => terminalText(sentences(...words.shapes.remedy(problem)));

const FILE: Place = { kind: "file", path: "/run/secrets/wa" };
const EXEC: Place = { kind: "exec" };

const PLACES: readonly (readonly [Place | null, string])[] = [
  [null, "Paste only "],
  [{ kind: "env", name: "HOLD" }, "Set HOLD to "],
  [FILE, "In /run/secrets/wa, store only "],
  [{ kind: "dotenv", path: "/srv/app/.env", name: "HOLD" }, "In /srv/app/.env, write only "],
  [EXEC, "Change the command so that it prints only "],
];

describe("a value that cannot be a token", () => {
  it.each<[ShapeKind, RegExp]>([
    ["header", /Authorization header/],
    ["bearer", /word Bearer/],
    ["json", /JSON/],
    ["url", /web address/],
    ["reference", /reference to a secret/],
    ["assignment", /name and an equals sign/],
    ["yaml", /name and a colon/],
    ["quotes", /quotation marks/],
    ["masked", /masked/],
    ["instagram", /Instagram/],
    ["threads", /Threads/],
    ["slack", /Slack token/],
    ["app_token", /app token/],
    ["id", /looks like an ID/],
    ["jwt", /JWT/],
    ["base64", /base64/],
    ["escaped", /escape/],
    ["trailing", /comma or semicolon/],
    ["invisible", /invisible character/],
    ["space", /space or line break/],
    ["short", /too short to be a token/],
  ])("%s: says what it looks like, and the remedy for each place", (shape, pattern) => {
    expect(looks({ shape, place: null })).toMatch(pattern);
    expect(looks({ shape, place: null })).toMatch(/^It [^"]*\.$/);
    for (const [place, start] of PLACES) {
      const text = remedy({ shape, place });
      expect(text).toContain(start);
      expect(text).toMatch(/\.$/);
      expect(text.length).toBeLessThanOrEqual(300);
    }
  });

  it("has a row for every shape", () => {
    for (const shape of SHAPE_KINDS) expect(looks({ shape, place: null })).not.toBe("undefined.");
  });

  it("gives the length of a short value", () => {
    expect(looks({ shape: "short", place: null, length: 48 })).toBe("It is too short to be a token: 48 characters.");
  });
});

describe("the remedy", () => {
  it.each<[ShapeProblem, string]>([
    [
      { shape: "json", place: FILE, filter: ".WA" },
      `Or take one key out with the source exec:["jq","-er",".WA","/run/secrets/wa"].`,
    ],
    [{ shape: "json", place: FILE }, `exec:["jq","-er",".KEY","/run/secrets/wa"]`],
    [{ shape: "json", place: EXEC, filter: ".WA" }, "pipe its output through jq -er .WA."],
    [{ shape: "json", place: EXEC, filter: ".data[0]" }, "jq -er '.data[0]'."],
    [
      { shape: "json", place: { kind: "env", name: "HOLD" }, filter: ".WA" },
      "Set HOLD to the value of one key, and nothing else. The token is at .WA.",
    ],
    [{ shape: "base64", place: FILE }, `exec:["base64","-d","/run/secrets/wa"]`],
    [{ shape: "base64", place: null }, "Decode it with base64 -d."],
  ])("%j extracts the token", (problem, text) => {
    expect(remedy(problem)).toContain(text);
  });
});
