import { OwnTroubleError, ownTroubleOf } from "../../token/own-trouble.ts";
import { systemCode } from "../reading.ts";

/** Turns errors of the system into a sentence that says what is wrong and what to do. Other errors are our own. */
export async function withoutTrouble<T>(work: () => Promise<T>, refuse: (problem: string) => T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OwnTroubleError) return refuse(problemOf(error));
    const code = systemCode(error);
    if (code === undefined) throw error;
    const trouble = ownTroubleOf(code);
    return refuse(trouble === undefined ? explain(code) : problemOf(trouble));
  }
}

const FULL = "the disk is full. Free some space, and try again.";

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: FULL,
  EROFS: "its file system is read-only. Mount the folder writable, or name a command with exec:.",
  EACCES: "the user that runs wa-token may not do this there. Give that user write permission for the folder.",
  EPERM: "the system does not allow it. Check the owner and the attributes of the file and its folder.",
};

function explain(code: string): string {
  return PROBLEMS[code] ?? `the system refused it (${code}). Check the path and the disk.`;
}

function problemOf({ message }: OwnTroubleError): string {
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
