import * as files from "node:fs/promises";
import { platform, userInfo } from "node:os";
import { systemCode } from "../reading.ts";

/** The calls to the file system that saving a token needs. */
export type Disk = Pick<
  typeof files,
  "access" | "link" | "lstat" | "open" | "readFile" | "readdir" | "readlink" | "realpath" | "rename" | "unlink"
>;

export const DISK: Disk = files;

/** The user that runs this program. */
export interface Self {
  readonly uid: number;
  readonly groups: readonly number[];
  /** The ID of this process; 0 on a system without /proc. */
  readonly pid: number;
}

/** The machine that saves the token. */
export interface Machine {
  readonly disk: Disk;
  readonly platform: string;
  readonly self: () => Promise<Self>;
  readonly now: () => Date;
}

export function thisMachine(disk: Disk = DISK): Machine {
  return { disk, platform: platform(), self: () => readSelf(disk), now: () => new Date() };
}

/**
 * The text of a file in /proc, or undefined on a system without it. A container may run under a user ID that has no
 * name, for which `userInfo` throws, so /proc comes first.
 */
export async function readProc(disk: Disk, name: string): Promise<string | undefined> {
  try {
    return await disk.readFile(`/proc/self/${name}`, "utf8");
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

async function readSelf(disk: Disk): Promise<Self> {
  const status = await readProc(disk, "status");
  if (status === undefined) {
    const { uid, gid } = userInfo();
    return { uid, groups: [gid], pid: 0 };
  }
  // The second number of Uid and Gid is the effective one, which owns new files (proc_pid_status(5)).
  const numbers = (key: string): readonly number[] => {
    const line = new RegExp(`^${key}:(.*)$`, "m").exec(status)?.[1] ?? "";
    return line.trim().split(/\s+/).filter(Boolean).map(Number);
  };
  return {
    uid: numbers("Uid")[1] ?? 0,
    groups: [...numbers("Gid").slice(1, 2), ...numbers("Groups")],
    pid: numbers("Pid")[0] ?? 0,
  };
}
