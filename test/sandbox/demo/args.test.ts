import { describe, expect, it } from "vitest";
import { HELP, parseDemoArgs } from "../../../sandbox/demo/args.ts";

describe("the demo's arguments", () => {
  it.each([
    [[], { kind: "story", pauses: true }],
    [["--terminal"], { kind: "story", pauses: true }],
    [["--no-pause"], { kind: "story", pauses: false }],
    [["--terminal", "--no-pause"], { kind: "story", pauses: false }],
    [["--help"], { kind: "help" }],
    [["--port", "-h"], { kind: "help" }],
  ])("%j", (argv, expected) => {
    expect(parseDemoArgs(argv)).toEqual(expected);
  });

  it("names a flag it does not know, and where to look", () => {
    expect(parseDemoArgs(["--port"])).toEqual({
      kind: "refused",
      message: 'The demo does not know --port. Run "npm run demo -- --help" to see what it takes.',
    });
  });

  it.each(["EAAsomething", "--token=EAAsomething", "xoxb-sandbox"])("does not repeat %s", (argument) => {
    const parsed = parseDemoArgs([argument]);
    expect(parsed.kind).toBe("refused");
    expect(JSON.stringify(parsed)).not.toContain(argument);
  });

  it("documents every flag it takes", () => {
    for (const flag of ["--terminal", "--no-pause", "--help", "NO_COLOR"]) expect(HELP).toContain(flag);
  });
});
