import { describe, expect, it } from "vitest";
import { describeSource, parseSource } from "../../../src/token/secret/source.ts";
import { fakeToken } from "../../support/fake-token.ts";

describe("sources", () => {
  it.each([
    ["env:WHATSAPP_ACCESS_TOKEN", { kind: "env", name: "WHATSAPP_ACCESS_TOKEN" }, "variable WHATSAPP_ACCESS_TOKEN"],
    [" env:_A1 ", { kind: "env", name: "_A1" }, "variable _A1"],
    ["file:/run/secrets/token", { kind: "file", path: "/run/secrets/token" }, "file /run/secrets/token"],
    ["file:./a b#c", { kind: "file", path: "./a b#c" }, "file ./a b#c"],
    ["dotenv:/srv/app/.env#TOKEN", { kind: "dotenv", path: "/srv/app/.env", name: "TOKEN" }, "TOKEN in /srv/app/.env"],
    ["dotenv:/srv/#1/.env#TOKEN", { kind: "dotenv", path: "/srv/#1/.env", name: "TOKEN" }, "TOKEN in /srv/#1/.env"],
    ['exec:["vault","read","x"]', { kind: "exec", argv: ["vault", "read", "x"] }, "command vault"],
    ['exec:["vault"]', { kind: "exec", argv: ["vault"] }, "command vault"],
  ])("%s", (text, source, described) => {
    const parsed = parseSource(text);
    expect(parsed).toEqual({ ok: true, source });
    expect(parsed.ok && describeSource(parsed.source)).toBe(described);
  });

  it.each([
    ["", /starts with env:/],
    ["WHATSAPP_ACCESS_TOKEN", /starts with env:/],
    ["ENV:A", /starts with env:/],
    ["env:", /env: takes the name/],
    ["env:1A", /env: takes the name/],
    ["env:A B", /env: takes the name/],
    ["file:", /file: takes a path/],
    ["dotenv:/srv/.env", /dotenv: takes a path and a name/],
    ["dotenv:#A", /dotenv: takes a path and a name/],
    ["dotenv:/srv/.env#", /dotenv: takes a path and a name/],
    ["exec:vault read", /exec: takes a JSON list/],
    ["exec:[]", /exec: takes a JSON list/],
    ['exec:[""]', /exec: takes a JSON list/],
    ['exec:["a",1]', /exec: takes a JSON list/],
    ['exec:{"a":1}', /exec: takes a JSON list/],
  ])("%j is none", (text, problem) => {
    expect(parseSource(text)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
  });

  it("a token in the place of a source is not repeated", () => {
    const token = fakeToken("source");
    for (const text of [token, `env:${token}-`, `exec:${token}`])
      expect(JSON.stringify(parseSource(text))).not.toContain(token.slice(0, 12));
  });
});
