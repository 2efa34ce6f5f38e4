import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite.ts";
import { readDocument } from "./markdown.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wa-token-backup-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const documented = (): string => /```sh\n([^`]*backup\([^`]*)```/.exec(readDocument("docs/deploy.md"))?.[1] ?? "";

it("the documented backup creates a database that only its owner can read", async () => {
  mkdirSync(join(folder, "data"));
  const running = await openSqliteStore({ path: join(folder, "data", "wa-token.db"), exclusive: true });
  const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` };
  execFileSync("/bin/sh", ["-c", `umask 022\n${documented()}`], { cwd: folder, env });
  await running.close();
  expect((statSync(join(folder, "data", "backup.db")).mode & 0o777).toString(8)).toBe("600");
  const copy = await openSqliteStore({ path: join(folder, "data", "backup.db"), exclusive: true });
  expect(await copy.list()).toEqual([]);
  await copy.close();
});
