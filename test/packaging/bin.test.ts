import { execFileSync } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const { bin, version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly bin: Readonly<Record<string, string>>;
  readonly version: string;
};

it("the command wa-token is an executable file", () => {
  const file = join(ROOT, bin["wa-token"] ?? "no such file");
  accessSync(file, constants.X_OK);
  const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` };
  expect(execFileSync(file, ["--version"], { env, encoding: "utf8" })).toBe(`${version}\n`);
});

it("the lockfile names the same command", () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, { readonly bin?: unknown; readonly version?: string }>>;
  };
  expect(packages[""]).toMatchObject({ bin, version });
});
