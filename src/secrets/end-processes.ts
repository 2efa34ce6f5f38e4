import { readdirSync, readFileSync } from "node:fs";
import { kill } from "node:process";
import { systemCode } from "./reading.ts";

/** All descendants of a command inherit this variable, even those that leave its process group and session. */
export const MARK = "WA_TOKEN_COMMAND";

/** Ends a running command and its descendants. `pid` is the leader of its own process group and session. */
export function endFamily(pid: number, mark: string): void {
  // Find the descendants first: when the command ends, its children get another parent.
  const family = familyOf(pid);
  end(-pid);
  for (const member of family) end(member);
  endMarked(mark);
}

/**
 * Ends every process whose environment has this mark, or a mark that begins with it. Works only on Linux: on other
 * systems, a separate program is necessary to read the environment of another process.
 */
export function endMarked(mark: string): void {
  // A process that starts during this pass is found in the next one.
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const marked = processIds().filter((pid) => fileOf(pid, "environ").includes(`${MARK}=${mark}`));
    if (marked.length === 0) return;
    for (const pid of marked) end(pid);
  }
}

/** Ends the rest of the process group after the command itself has ended. */
export function endGroup(pid: number): void {
  end(-pid);
}

const MOST_PASSES = 20;

function end(pid: number): void {
  try {
    kill(pid, "SIGKILL");
  } catch (error) {
    // The process is gone, or its ID now belongs to a process of another user.
    if (!["ESRCH", "EPERM"].includes(systemCode(error) ?? "")) throw error;
  }
}

/** Finds the descendants of a process, and all processes in its session. */
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

/** `/proc/<pid>/stat` is `pid (name) state parent group session …`; the name can contain spaces and parentheses. */
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

/** Returns an empty text for a process that is gone or belongs to another user. */
function fileOf(pid: number, name: "environ" | "stat"): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "latin1");
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return "";
  }
}
