import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach } from "vitest";
import { programFile } from "../../support/programs.ts";

const PROGRAM = programFile("sqlite");

interface Program {
  /** The single line that it prints. */
  readonly said: string;
  /** Kills it, so that it cannot clean up. */
  readonly kill: () => Promise<void>;
}

/** A new folder for each test, and other programs that use it. All are gone after the test. */
export const useFolder = () => {
  let folder = "";
  let running: Program[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "wa-token-sqlite-"));
  });
  afterEach(async () => {
    await Promise.all(running.map(async (program) => program.kill()));
    running = [];
    await rm(folder, { recursive: true, force: true });
  });
  return {
    path: (...names: readonly string[]): string => join(folder, ...names),
    start: async (path: string, role: "bot" | "command" | "inspect", user?: "as-nobody"): Promise<Program> => {
      const args = [PROGRAM, path, role, ...(user === undefined ? [] : [user])];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      const ended = once(child, "exit");
      const [said] = (await once(createInterface(child.stdout), "line")) as [string];
      const program = {
        said,
        kill: async () => {
          child.kill("SIGKILL");
          await ended;
        },
      };
      running.push(program);
      return program;
    },
  };
};
