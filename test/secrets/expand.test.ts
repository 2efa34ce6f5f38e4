import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { variableIn } from "../../src/secrets/expand.ts";
import { TOKEN } from "./sources.ts";

const read = (...lines: readonly string[]): string => {
  const reading = variableIn(lines.join("\n"), "T");
  if (reading.ok) return reading.text;
  expect(reading.problem).not.toContain(TOKEN.slice(0, 20));
  return reading.problem;
};

const META = `META=${TOKEN}`;

describe("a variable of a .env file that refers to another one", () => {
  it.each([
    ["braces", [META, "T=${META}"]],
    ["no braces", [META, "T=$META"]],
    ["double quotes", [META, `T="\${META}"`]],
    ["backticks", [META, "T=`${META}`"]],
    ["export", [`export ${META}`, "export T=${META} # the same"]],
    ["Windows line endings", [`${META}\r`, "T=${META}\r"]],
    ["a chain", [META, "MIDDLE=${META}", "T=${MIDDLE}"]],
    ["two halves", [`A=${TOKEN.slice(0, 99)}`, `B=${TOKEN.slice(99)}`, "T=${A}$B"]],
    ["a default that is not needed", [META, "T=${META:-other}"]],
    ["a default that is needed", [`T=\${META:-${TOKEN}}`]],
    ["a default that refers", [META, "T=${OTHER:-${META}}"]],
    ["a default that is missing and not needed", [META, "T=${META:-${OTHER}}"]],
    ["another value for a set one", [META, "SET=1", "T=${SET:+${META}}"]],
    ["a line that is set again", ["META=old", "T=${META}", META]],
    ["a name of JavaScript's own", [`constructor=${TOKEN}`, "T=${constructor}"]],
    ["the prototype's name", [`__proto__=${TOKEN}`, "T=${__proto__}"]],
    ["a variable named value", ["value=x", `META=${TOKEN}`, "T=${META}"]],
  ])("is expanded inside the file: %s", (_name, lines) => {
    expect(read(...lines)).toBe(TOKEN);
  });

  it.each([
    ["outside the file", ["T=${META}"], /refers to META, but the file does not set/],
    ["outside, without braces", ["T=$META"], /refers to META, but the file does not set/],
    [
      "one that is set further down",
      ["T=${META}", META],
      /refers to META, but the file sets that variable only further down/,
    ],
    ["an empty one", ["META=", "T=${META}"], /refers to META, but the file sets/],
    ["itself", ["T=${T}"], /refers to T, but the file sets/],
    ["a circle", ["A=${B}", "B=${A}", "T=${B}"], /refers to B, but the file sets/],
    ["one that refers outside", ["A=${META}", "T=${A}"], /refers to META/],
    ["a default outside", ["T=${A:-${META}}"], /refers to META/],
    ["a required one", ["T=${META:?must be set}"], /refers to META/],
    ["a name of JavaScript's own", ["T=${constructor}"], /refers to constructor/],
    ["the process's environment", ["T=${PATH}"], /refers to PATH, but the file does not set/],
    ["another one, in single quotes", [META, "T='${META}'"], /contains a \$/],
    ["one in single quotes", [META, "A='${META}'", "T=${A}"], /contains a \$/],
    ["another one, with an escape", [META, String.raw`T=\${META}`], /contains a \$/],
    ["a command", ["T=$(cat /run/secrets/token)"], /contains a \$/],
  ])("is unreadable when it refers to %s", (_name, lines, problem) => {
    expect(read(...lines)).toMatch(problem);
  });

  it.each([
    ["a dollar before a digit", "T=abc$5def", "abc$5def"],
    ["a dollar at the end", "T=abc$", "abc$"],
    ["two dollars", "T=a$$-b", "a$$-b"],
    ["a dollar before a sign", "T=a$-b", "a$-b"],
  ])("keeps %s, because it is no reference", (_name, line, value) => {
    expect(read(line)).toBe(value);
  });

  it("is unreadable when only a reference to itself is its default", () => {
    expect(read("T=${A:-$A}")).toMatch(/is empty because that variable is not set/);
  });

  it("never runs a command and never reads the process's environment", () => {
    expect(read("A=$(echo x)", `T=${TOKEN}`)).toBe(TOKEN);
    expect(Object.keys(process.env)).not.toContain("T");
  });

  it.each(["${A:-x$&}", "${A:-$'}x", "${A:-$`}", "${A:-$$&}"])(
    "finishes for a value that the library never finishes: %s",
    (value) => {
      expect(read("A=", `T=${value}`)).not.toBe("");
    },
  );

  it("finishes when each line doubles the line above", () => {
    const lines = Array.from({ length: 60 }, (_, index) => `A${index + 1}=$A${index}$A${index}`);
    expect(read("A0=xxxxxxxx", ...lines, "T=$A60")).toMatch(/refers to A\d+/);
  });

  it("is never a value with a reference in it", () => {
    const part = fc.constantFrom(
      "$A",
      "${A}",
      "${B}",
      "${A:-x}",
      "${A:-",
      "${",
      "}",
      "$(",
      "\\",
      "'",
      '"',
      "`",
      "&",
      "$&",
      " ",
      "x",
      "#",
      "$",
    );
    const value = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(value, value, (first, second) => {
        const reading = variableIn(`A=${first}\nT=${second}\n`, "T");
        expect(reading.ok && /\$\{\w|\$[A-Za-z]/.test(reading.text)).toBe(false);
      }),
    );
  });
});
