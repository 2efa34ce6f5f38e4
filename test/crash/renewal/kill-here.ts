// Loaded into a child process with `--import`. The process kills itself at one call to the file system, named by KILL_AT:
// `before rename token.previous` or `after open token`. For a call with two paths, the second one counts.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { basename } from "node:path";

const [moment, call, pattern = ""] = (process.env["KILL_AT"] ?? "").split(" ");

type Call = (...given: readonly unknown[]) => Promise<unknown>;

for (const name of ["open", "rename", "unlink"].filter((known) => known === call)) {
  const calls: Readonly<Record<string, unknown>> = { ...fs.promises };
  const real = calls[name] as Call;
  const aimed: Call = async (...given) => {
    const path = given[name === "rename" ? 1 : 0];
    const isHere = typeof path === "string" && new RegExp(`^${pattern}$`).test(basename(path));
    if (isHere && moment === "before") die();
    const result = await real(...given);
    if (isHere && moment === "after") die();
    return result;
  };
  Object.assign(fs.promises, { [name]: aimed });
}
syncBuiltinESMExports();

function die(): void {
  process.kill(process.pid, "SIGKILL");
}
