import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

const RUN = join(import.meta.dirname, "..", "..", ".ci", "run");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wa-token-ci-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs .ci/run with fake commands that record their calls. Returns the calls. */
const run = (commands: Readonly<Record<string, string>>): readonly string[] => {
  const notes = join(folder, "notes");
  const note = `echo "$(basename "$0") $*" >> ${notes}`;
  for (const [name, script] of Object.entries({ npm: note, "apt-get": note, ...commands })) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  execFileSync("/bin/bash", [RUN], { env: { PATH: `${folder}:/usr/bin:/bin` } });
  return readFileSync(notes, "utf8").trimEnd().split("\n");
};

const long = 'awk \'BEGIN { for (i = 0; i < 20000; i++) print "libother.so." i " => /usr/lib/libother" }\'';
const installs = ["apt-get update -qq", "apt-get install -y -qq --no-install-recommends libatomic1"];
const tests = ["npm ci", "npm test"];

it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  [
    "installs nothing when the library exists, with any number of other libraries after it",
    { ldconfig: `echo libatomic.so.1; ${long}` },
    tests,
  ],
  ["installs a missing library", { ldconfig: long }, [...installs, ...tests]],
  [
    "finds ldconfig outside the PATH of ordinary users",
    {},
    // This Node.js runs, so a machine with ldconfig also has the library.
    existsSync("/sbin/ldconfig") || existsSync("/usr/sbin/ldconfig") ? tests : [...installs, ...tests],
  ],
])("%s", (_name, commands, calls) => {
  expect(run(commands)).toEqual(calls);
});
