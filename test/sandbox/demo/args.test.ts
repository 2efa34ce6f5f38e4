import { describe, expect, it } from "vitest";
import { REVOKED } from "../../../sandbox/page/server/stories/revoked.ts";
import { STORIES } from "../../../sandbox/page/server/stories/stories.ts";
import { HELP, parseDemoArgs } from "../../../sandbox/demo/args.ts";

describe("the demo's arguments", () => {
  it.each([
    [[], { kind: "page", port: 0, open: true }],
    [["--port", "8080"], { kind: "page", port: 8080, open: true }],
    [["--no-open", "--port=8080"], { kind: "page", port: 8080, open: false }],
    [["--terminal"], { kind: "stories", stories: STORIES, pauses: true }],
    [["--terminal", "--no-pause"], { kind: "stories", stories: STORIES, pauses: false }],
    [["--terminal", "--story", "revoked"], { kind: "stories", stories: [REVOKED], pauses: true }],
    [["--story=revoked", "--terminal"], { kind: "stories", stories: [REVOKED], pauses: true }],
    [["--help"], { kind: "help" }],
    [["--port", "-h"], { kind: "help" }],
  ])("%j", (argv, expected) => {
    expect(parseDemoArgs(argv)).toEqual(expected);
  });

  const help = 'Run "npm run demo -- --help" to see all options.';

  const stories = "The stories are saturday, revoked, rotation, renewed.";

  it.each([
    [["--prot"], "The demo does not know --prot. Did you mean --port?"],
    [["--verbose"], "The demo does not know --verbose."],
    [["--port"], "--port takes a number from 1 to 65535."],
    [["--port", "0"], "--port takes a number from 1 to 65535."],
    [["--port", "70000"], "--port takes a number from 1 to 65535."],
    [["--port=x"], "--port takes a number from 1 to 65535."],
    [["--story", "revokd"], `There is no story with this ID. Did you mean revoked? ${stories}`],
    [["--story", "Saturday"], `There is no story with this ID. Did you mean saturday? ${stories}`],
    [["--story", "x"], `There is no story with this ID. ${stories}`],
    [["--terminal", "--story"], `There is no story with this ID. ${stories}`],
    [["--story", "revoked"], "--story works only with --terminal."],
    [["--no-pause"], "--no-pause works only with --terminal."],
    [["--terminal", "--no-open"], "--port and --no-open do not work with --terminal."],
    [["--terminal", "--port", "8080"], "--port and --no-open do not work with --terminal."],
  ])("refuses %j, and points to the help", (argv, message) => {
    expect(parseDemoArgs(argv)).toEqual({ kind: "refused", message: `${message} ${help}` });
  });

  it.each([
    ["EAAsomething"],
    ["--token=EAAsomething"],
    ["xoxb-sandbox"],
    ["--port", "EAAsomething"],
    ["--story", "EAAsomething"],
  ])("does not repeat %s %s", (...argv) => {
    const parsed = parseDemoArgs(argv);
    expect(parsed.kind).toBe("refused");
    expect(JSON.stringify(parsed)).not.toContain(argv.at(-1));
  });

  it("documents every flag", () => {
    for (const flag of ["--port", "--no-open", "--terminal", "--story", "--no-pause", "--help", "NO_COLOR", "CI"])
      expect(HELP).toContain(flag);
  });
});
