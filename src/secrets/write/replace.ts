import { systemCode } from "../reading.ts";
import type { Machine } from "./disk.ts";
import { isMissing, openOwn } from "./open-own.ts";
import type { Spot } from "./spot.ts";
import { syncFolder, type Temporaries, unlinkIfThere } from "./temporary.ts";

export interface Replacement {
  readonly text: string;
  /** The old value and the file that keeps it; undefined when nothing is kept. */
  readonly previous: { readonly path: string; readonly value: string } | undefined;
}

/**
 * Replaces the content of a file in one step: at every moment, also after a crash, the file is the old or the new one.
 * `.previous` is on the disk before the file changes. Returns false, and changes nothing, when the file is not as it was
 * when the spot was read. Throws errors of the system; then the old file is still there.
 */
export async function replaceFile(
  spot: Spot,
  { text, previous }: Replacement,
  { disk }: Machine,
  temporaries: Temporaries,
): Promise<boolean> {
  const { folder, found } = spot;
  await using next = await temporaries.create(spot, text, found ?? { mode: 0o600 });
  if (previous !== undefined) {
    await using kept = await temporaries.create(spot, previous.value, { mode: 0o600 });
    await disk.rename(kept.path, previous.path);
    await syncFolder(disk, folder);
  }
  let replaced = false;
  try {
    replaced = (await isAsBefore(spot, disk)) && (await take(next.path, spot, disk));
  } finally {
    if (!replaced && previous !== undefined) await unlinkIfThere(disk, previous.path);
  }
  // The new content has the file's name now. A failure of this call would not change that.
  if (replaced) await syncFolder(disk, folder);
  return replaced;
}

/** Gives the temporary file the name. A new name is taken only when it is still free. */
async function take(from: string, { path, found }: Spot, disk: Machine["disk"]): Promise<boolean> {
  try {
    await (found === null ? disk.link(from, path) : disk.rename(from, path));
    return true;
  } catch (error) {
    if (found !== null || systemCode(error) !== "EEXIST") throw error;
    return false;
  }
}

/** Called directly before the rename. A change between these two calls is not seen; no system call can rule it out. */
async function isAsBefore({ path, found, self }: Spot, disk: Machine["disk"]): Promise<boolean> {
  try {
    const now = await openOwn(disk, path, self);
    return now.ok && now.text === found?.text;
  } catch (error) {
    if (!isMissing(error)) throw error;
    return found === null;
  }
}
