import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../reading.ts";
import { isMissing } from "./open-own.ts";
import type { Disk, Machine } from "./disk.ts";
import type { Name } from "./spot.ts";

/** Creates temporary files, and finds those that a crash left. */
export interface Temporaries {
  /** The file belongs to this user, with mode 0600 until its content is complete, then with the given mode and group. */
  readonly create: (
    at: Name,
    text: string,
    access: { readonly mode: number; readonly gid?: number },
  ) => Promise<Temporary>;
  /** The files that earlier crashes left beside this file, without those that another program may still need. */
  readonly left: (at: Name) => Promise<readonly string[]>;
}

export function createTemporaries({ disk, now }: Machine): Temporaries {
  const inUse = new Set<string>();

  const isLeft = async (path: string, pid: number, self: number): Promise<boolean> => {
    if (inUse.has(path)) return false;
    const { mtimeMs } = await disk.lstat(path);
    if (now().getTime() - mtimeMs > LONGEST_SAVE_MS || (pid !== 0 && pid === self)) return true;
    return pid !== 0 && self !== 0 && !(await exists(disk, `/proc/${pid}`));
  };

  return {
    create: async ({ folder, name, self }, text, { mode, gid }) => {
      const path = join(folder, `.${name}.${self.pid}-${randomBytes(6).toString("hex")}${ENDING}`);
      inUse.add(path);
      const remove = async (): Promise<void> => {
        // A file that cannot be removed now is left for the next cleaning. The outcome of the save is known without it.
        await unlinkIfThere(disk, path).catch((error: unknown) => {
          if (systemCode(error) === undefined) throw error;
        });
        inUse.delete(path);
      };
      try {
        await writeNew(disk, path, text, { mode, gid });
      } catch (error) {
        await remove();
        throw error;
      }
      return { path, [Symbol.asyncDispose]: remove };
    },
    left: async ({ folder, name, self }) => {
      const found: string[] = [];
      for (const file of await disk.readdir(folder)) {
        if (!file.startsWith(`.${name}.`) || !file.endsWith(ENDING)) continue;
        const [, pid] = /^(\d+)-[0-9a-f]{12}$/.exec(file.slice(name.length + 2, -ENDING.length)) ?? [];
        const path = join(folder, file);
        if (pid !== undefined && (await isLeft(path, Number(pid), self.pid))) found.push(path);
      }
      return found;
    },
  };
}

/** Makes the names in a folder durable. Some file systems refuse this, and then there is no way to do it. */
export async function syncFolder(disk: Disk, folder: string): Promise<void> {
  try {
    await using handle = await disk.open(folder, constants.O_RDONLY);
    await handle.sync();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

export async function unlinkIfThere(disk: Disk, path: string): Promise<void> {
  try {
    await disk.unlink(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** New content beside a file, complete on the disk before it takes the file's name. */
interface Temporary {
  readonly path: string;
  /** Removes the file when it still has its temporary name. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Not `.env` or `.conf`, so that programs that read a whole folder do not read these files. */
const ENDING = ".wa-token-tmp";

/** A save takes milliseconds. After this time, a temporary file is from a crash. */
const LONGEST_SAVE_MS = 60_000;

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

async function writeNew(
  disk: Disk,
  path: string,
  text: string,
  { mode, gid }: { readonly mode: number; readonly gid: number | undefined },
): Promise<void> {
  await using file = await disk.open(path, NEW_FILE, 0o600);
  await file.writeFile(text);
  const { uid, gid: ownGroup } = await file.stat();
  if (gid !== undefined && gid !== ownGroup) await file.chown(uid, gid);
  await file.chmod(mode);
  await file.sync();
}

async function exists(disk: Disk, path: string): Promise<boolean> {
  try {
    await disk.lstat(path);
    return true;
  } catch (error) {
    if (!isMissing(error)) throw error;
    return false;
  }
}
