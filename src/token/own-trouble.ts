/**
 * This process or its machine has run out of a resource. This says nothing about a token or its source. So it is thrown
 * and never becomes a failed inspection.
 */
export class OwnTroubleError extends Error {
  override readonly name = "OwnTroubleError";
  /** The system's error code, for example `EMFILE`. */
  readonly code: string;

  constructor(code: string, remedy: string) {
    super(`The bot's own machine is short of resources (${code}). ${remedy}`);
    this.code = code;
  }
}

/** The error for a system code that means a resource has run out. Undefined for every other code. */
export function ownTroubleOf(code: string): OwnTroubleError | undefined {
  const remedy = Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined;
  return remedy === undefined ? undefined : new OwnTroubleError(code, remedy);
}

const FILES = "Raise the limit of open files for the bot (ulimit -n), and look for what holds them open.";
const MEMORY = "Give the bot more memory.";

const REMEDIES: Readonly<Record<string, string>> = {
  EMFILE: FILES,
  ENFILE: "The machine has no open file left: raise fs.file-max, and look for what holds them open.",
  ENOMEM: MEMORY,
  ERR_MEMORY_ALLOCATION_FAILED: MEMORY,
  ENOBUFS: "Give the machine more memory for network buffers.",
  EAGAIN: "Raise the limit of processes for the bot (pids limit, ulimit -u).",
};
