import { statSync } from "node:fs";
import { platform } from "node:os";
import { dotenvPathOf } from "../configuration.ts";
import type { Io } from "../io.ts";
import type { Line } from "./line.ts";

/** Warns when other users of this machine can open `.env`, which contains secrets. No line when all is well. */
export function dotenvLines(io: Pick<Io, "cwd">): readonly Line[] {
  // Windows reports the same mode for every file.
  const mode = platform() === "win32" ? undefined : modeOf(dotenvPathOf(io));
  if (mode === undefined || (mode & OTHERS) === 0) return [];
  const may = (mode & OTHERS_WRITE) === 0 ? "read" : "change";
  const text = `every user of this machine can ${may} .env, which may contain secrets. Run chmod 600 .env.`;
  return [{ status: "warning", topic: "Configuration", text }];
}

/** Permission bits of a file: read and write for users that are neither the owner nor in its group. */
const OTHERS = 0o006;
const OTHERS_WRITE = 0o002;

function modeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mode;
}
