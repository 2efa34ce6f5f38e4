import { constants } from "node:fs";
import { readOpened } from "../file.ts";
import { failed, type Reading, systemCode } from "../reading.ts";
import type { Disk, Self } from "./disk.ts";

/**
 * Reads a file of our own user, with its byte order mark. Follows no link, and checks the opened file: otherwise another
 * user of the folder could swap in a link, and have the bot copy a file that only the bot may read. Throws errors of the
 * system other than a link or no permission.
 */
export async function openOwn(disk: Disk, path: string, self: Self): Promise<Reading> {
  try {
    await using file = await disk.open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const { uid } = await file.stat();
    return uid === self.uid ? await readOpened(file, { keepMark: true }) : failed(FOREIGN);
  } catch (error) {
    const code = systemCode(error) ?? "";
    if (code === "ELOOP") return failed(FOREIGN);
    if (code === "EACCES" || code === "EPERM") return failed(NOT_READABLE);
    throw error;
  }
}

/** True when nothing is at the path. */
export function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "");
}

const FOREIGN = "another user replaced the file. Look who can write in its folder.";

const NOT_READABLE = "the user that runs wa-token may not read it. Give that user read permission.";
