import { parseEnv } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withVariables } from "../../src/secrets/dotenv-edit.ts";

describe("the writer of .env", () => {
  it.each<[what: string, before: string, changes: Readonly<Record<string, string>>, after: string | undefined]>([
    ["creates the file", "", { A: "1" }, "A=1\n"],
    ["adds a variable at the end", "B=2\n", { A: "1" }, "B=2\nA=1\n"],
    ["ends an unfinished last line first", "B=2", { A: "1" }, "B=2\nA=1\n"],
    ["fills in the empty line of the example", "# About A.\nA=\n\nB=\n", { A: "1" }, "# About A.\nA=1\n\nB=\n"],
    ["leaves a commented default alone", "# A=0\n", { A: "1" }, "# A=0\nA=1\n"],
    ["keeps a comment behind the value", "A=0 # why\n", { A: "1" }, "A=1 # why\n"],
    ["keeps a comment apart from the value", "A=#why\n", { A: "1" }, "A=1 #why\n"],
    ["keeps export and the space around =", "  export A = 0\n", { A: "1" }, "  export A = 1\n"],
    ["keeps Windows line breaks", "B=2\r\n# end\r\n", { A: "1" }, "B=2\r\n# end\r\nA=1\r\n"],
    ["keeps a Windows line break behind the value", "A=0\r\nB=2\r\n", { A: "1" }, "A=1\r\nB=2\r\n"],
    ["keeps a byte order mark", "\uFEFFA=0\n", { A: "1" }, "\uFEFFA=1\n"],
    ["replaces a quoted value", `A="old # value" # why\n`, { A: "1" }, "A=1 # why\n"],
    ["replaces a value of several lines", `A='one\nB=2'\nC=3\n`, { A: "1" }, "A=1\nC=3\n"],
    ["changes no text inside a value of several lines", `C='one\nA=0\n'\n`, { A: "1" }, `C='one\nA=0\n'\nA=1\n`],
    ["changes the line that counts", "A=0\nA=2\n", { A: "1" }, "A=0\nA=1\n"],
    ["quotes spaces and signs that other programs read", "", { A: "a $b #c" }, "A='a $b #c'\n"],
    ["chooses a quotation mark that the value does not have", "", { A: "it's" }, "A=`it's`\n"],
    ["keeps the name apart from longer names", "AA=2\n", { A: "1" }, "AA=2\nA=1\n"],
    ["empties a variable", "A=0 # why\nB=2\n", { A: "" }, "A= # why\nB=2\n"],
    ["refuses a value with a line break", "", { A: "1\n2" }, undefined],
    ["refuses a file that would read differently", "B='open\n", { A: "it's" }, undefined],
  ])("%s", (_what, before, changes, after) => {
    expect(withVariables(before, changes)).toBe(after);
  });

  it("changes exactly the wanted variables of any file, and keeps every other line", () => {
    const name = fc.constantFrom("A", "B", "SLACK_BOT_TOKEN", "A_FILE");
    const value = fc.oneof(
      fc.stringMatching(/^[\w:/.#"'` $\\-]{0,12}$/).map((text) => text.trim()),
      fc.constantFrom(`"two\nlines"`, "'x=y'", ""),
    );
    const line = fc.oneof(
      fc
        .tuple(fc.constantFrom("", "export ", "  "), name, fc.constantFrom("=", " = "), value)
        .map((parts) => parts.join("")),
      fc.constantFrom("", "# a comment", "#A=0", "no assignment", "=nothing"),
    );
    const file = fc
      .tuple(fc.array(line, { maxLength: 6 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
      .map(([lines, end, ended]) => lines.join(end) + (ended ? end : ""));
    const wanted = fc.stringMatching(/^[\w:/.#"' $\\-]{1,12}$/).map((text) => text.trim());
    fc.assert(
      fc.property(file, name, wanted, (before, key, text) => {
        const after = withVariables(before, { [key]: text });
        if (after === undefined) return;
        expect(parseEnv(after)).toEqual({ ...parseEnv(before), [key]: text });
        const others = before
          .split(/(?<=\n)/)
          .filter((one) => !one.includes(key) && one.endsWith("\n") && !/["'`]/.test(before));
        for (const one of others) expect(after).toContain(one);
      }),
    );
  });

  it("can change a value that it wrote itself", () => {
    const wanted = fc.stringMatching(/^[\w:/.#"' $-]{1,12}$/).map((text) => text.trim());
    fc.assert(
      fc.property(wanted, wanted, (first, second) => {
        const once = withVariables("# head\n", { A: first, B: "2" });
        const twice = once === undefined ? undefined : withVariables(once, { A: second });
        expect(twice === undefined ? undefined : parseEnv(twice)).toEqual(
          twice === undefined ? undefined : { A: second, B: "2" },
        );
      }),
    );
  });
});
