import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { variableIn } from "../../../src/secrets/expand.ts";
import { valueIn, withValue } from "../../../src/secrets/write/content.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { useFolder } from "../sources.ts";
import { keyAt, NEW, OLD, save, writer } from "./outcome.ts";
import { heldIn, refusal, textOf } from "./places.ts";

const { write } = useFolder();

/** The names stand for the old token before the save, and for the new one after it. */
const filled = (text: string, token: string): string => text.replaceAll("OLD", OLD).replaceAll("IT", token);

describe("saving one variable keeps the rest byte for byte", () => {
  it.each([
    ["a plain value", "A=1\nTOKEN=IT\nB=2\n"],
    ["Windows line breaks", "A=1\r\nTOKEN=IT\r\nB=2\r\n"],
    ["export and spaces", "export A=1\n  export TOKEN = IT\t\n"],
    ["single quotes", "TOKEN='IT'\nB='2'\n"],
    ["double quotes and a comment", `TOKEN="IT" # TOKEN=old\nB="#2"\n`],
    ["backticks", "TOKEN=`IT`\n"],
    ["a comment behind the value", "TOKEN=IT # why\n"],
    ["no final line break", "A=1\nTOKEN=IT"],
    ["a byte order mark", "\u{feff}TOKEN=IT\nA=1\n"],
    ["several lines of another value", `A="one\nTOKEN=no\n"\nTOKEN=IT\n`],
    ["other values that refer to variables", "A=${TOKEN}\nTOKEN=IT\nB=${A}$A\n"],
    ["commented assignments", "# TOKEN=no\nTOKEN=IT\n#TOKEN=no\n"],
    ["longer names", "MY_TOKEN=no\nTOKEN=IT\nTOKEN_2=no\n"],
    ["two assignments: the last counts", "TOKEN=other\nTOKEN=IT\n"],
    ["two assignments with the old value: no stale copy stays", "TOKEN=IT\nA=1\nTOKEN='IT'\n"],
  ])("%s", async (_what, text) => {
    const file = await write(".env", filled(text, OLD));
    expect(heldIn(await writer().check(keyAt(file)))).toBe(OLD);
    expect(await save(keyAt(file))).toEqual({ ok: true });
    expect(await textOf(file)).toBe(filled(text, NEW));
    expect(await textOf(`${file}.TOKEN.previous`)).toBe(OLD);
  });

  it.each([
    ["an empty value", "A=1\nTOKEN=\nB=2\n", "A=1\nTOKEN=IT\nB=2\n"],
    ["empty quotes", "TOKEN=''\n", "TOKEN='IT'\n"],
    ["a missing variable", "A=1\r\n", "A=1\r\nTOKEN=IT\r\n"],
    ["a missing variable after an unfinished line", "A=1", "A=1\nTOKEN=IT\n"],
    ["an empty file", "", "TOKEN=IT\n"],
  ])("the first token: %s", async (_what, before, after) => {
    const file = await write(".env", before);
    const { check, save: saveTo } = writer();
    const found = await check(keyAt(file));
    expect(heldIn(found)).toBe(null);
    expect(await saveTo(keyAt(file), new Secret(NEW), null)).toEqual({ ok: true });
    expect(await textOf(file)).toBe(filled(after, NEW));
  });
});

it.each([
  [
    "a value that refers to another variable",
    "X=OLD\nTOKEN=${X}\n",
    /may refer to another variable\. Name that variable/,
  ],
  ["a value with several lines", "TOKEN='one\ntwo'\n", /its value has several lines\./],
  [
    "an empty value before a line that Node.js takes for it",
    "TOKEN=  \n B=2\n",
    /cannot change this value and keep the rest/,
  ],
])("check and save refuse %s, and change nothing", async (_what, text, words) => {
  const file = await write(".env", filled(text, OLD));
  expect(refusal(await writer().check(keyAt(file)))).toMatch(words);
  expect(refusal(await save(keyAt(file)))).toMatch(words);
  expect(await textOf(file)).toBe(filled(text, OLD));
});

it("any .env file reads exactly the new token afterwards, and every other byte stays", () => {
  const target = keyAt(".env") as Parameters<typeof valueIn>[0];
  const name = fc.constantFrom("A", "TOKEN", "TOKEN_2", "B");
  const value = fc.oneof(
    fc.stringMatching(/^[\w:/.#"'` \\-]{0,12}$/),
    fc.constantFrom(OLD, `"${OLD}"`, `'${OLD}' # why`, `"two\nTOKEN=lines"`, "'x=y'", "", "${A}"),
  );
  const line = fc.oneof(
    fc.tuple(fc.constantFrom("", "export ", "  "), name, fc.constantFrom("=", " = "), value).map((one) => one.join("")),
    fc.constantFrom("", "# TOKEN=no", "#A='", "no assignment", "=nothing"),
  );
  const ends = fc.tuple(fc.constantFrom("\n", "\r\n"), fc.boolean(), fc.constantFrom("", "\u{feff}"));
  const file = fc
    .tuple(fc.array(line, { maxLength: 6 }), ends)
    .map(([lines, [end, ended, mark]]) => `${mark}${lines.join(end)}${ended ? end : ""}`);
  let saved = 0;
  fc.assert(
    fc.property(file, (before) => {
      const held = valueIn(target, before);
      const after = held.ok ? withValue(target, before, NEW) : undefined;
      if (!held.ok || after === undefined) return;
      saved += 1;
      expect(variableIn(after.replace(/^\u{feff}/u, ""), "TOKEN")).toEqual({ ok: true, text: NEW });
      // Take the new token out again: what is left must be the old file without its value.
      const parts = after.split(NEW);
      let at = 0;
      for (const part of parts) {
        const kept = before.indexOf(part.replace(/^ (?=#)|\r?\n?TOKEN=$|\r?\n$/g, ""), at);
        expect(kept).toBeGreaterThanOrEqual(at);
        at = kept;
      }
    }),
    { numRuns: 500 },
  );
  expect(saved).toBeGreaterThan(100);
});
