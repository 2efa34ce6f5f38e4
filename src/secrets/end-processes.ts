import { readdirSync, readFileSync } from "node:fs";
import { kill } from "node:process";
import { systemCode } from "./reading.ts";

/** A variable that a command's whole family inherits, also what leaves its process group and session. */
export const MARK = "WA_TOKEN_COMMAND";

/** Ends a running command and everything below it; `pid` leads a process group and session of its own. */
export const endFamily = (pid: number, mark: string): void => {
  // Looked up first: the end of the command hands its children to another parent.
  const family = familyOf(pid);
  end(-pid);
  for (const member of family) end(member);
  endMarked(mark);
};

/**
 * Ends every process that began with this mark, or one that begins with it, in its environment. Linux only: elsewhere
 * no other process's environment can be read without a program of its own.
 */
export const endMarked = (mark: string): void => {
  // What is being started meanwhile shows in the next pass.
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const marked = processIds().filter((pid) => fileOf(pid, "environ").includes(`${MARK}=${mark}`));
    if (marked.length === 0) return;
    for (const pid of marked) end(pid);
  }
};

const MOST_PASSES = 20;

/** Ends the process group of a command that has ended itself. */
export const endGroup = (pid: number): void => end(-pid);

function end(pid: number): void {
  try {
    kill(pid, "SIGKILL");
  } catch (error) {
    // Gone already, or somebody else's by now.
    if (!["ESRCH", "EPERM"].includes(systemCode(error) ?? "")) throw error;
  }
}

/** The processes below one, and those of its session. */
function familyOf(leader: number): readonly number[] {
  const all = processIds().map((pid) => ({ pid, ...relationsOf(pid) }));
  const family = new Set([leader]);
  let size = 0;
  while (family.size > size) {
    size = family.size;
    for (const { pid, parent, session } of all) if (session === leader || family.has(parent)) family.add(pid);
  }
  return [...family];
}

/** `/proc/<pid>/stat` is `pid (name) state parent group session …`; the name may hold spaces and brackets. */
function relationsOf(pid: number): { readonly parent: number; readonly session: number } {
  const stat = fileOf(pid, "stat");
  const [, parent, , session] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  return { parent: parent ?? 0, session: session ?? 0 };
}

function processIds(): readonly number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

/** Empty for a process that is gone or somebody else's. */
function fileOf(pid: number, name: "environ" | "stat"): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "latin1");
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return "";
  }
}
