import { constants, type Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isMissing, openOwn } from "./open-own.ts";
import { type Disk, type Machine, readProc, type Self } from "./disk.ts";

/** A file that may be replaced, as it is now. */
export interface Spot extends Name {
  readonly path: string;
  /** Null: the file does not exist yet. */
  readonly found: { readonly text: string; readonly mode: number; readonly gid: number } | null;
}

/** The name of a file, which may not exist yet. */
export interface Name {
  readonly folder: string;
  readonly name: string;
  readonly self: Self;
}

export type Look =
  | { readonly ok: true; readonly spot: Spot }
  /** Completes "Cannot save to <place>: ", with the next step. */
  | { readonly ok: false; readonly problem: string };

/**
 * Checks whether a file can be replaced by a rename without harm to anything else, and reads it. Throws errors of
 * the system that say nothing about the place.
 * @param left the files that a crash left and that a save removes. One of them can be a second name of the file
 */
export async function lookAt(
  path: string,
  machine: Machine,
  left: (at: Name) => Promise<readonly string[]>,
): Promise<Look> {
  const { disk, platform } = machine;
  const refuse = (problem: string): Look => ({ ok: false, problem });
  if (platform === "win32") return refuse(WINDOWS);
  const folder = await realFolder(disk, dirname(path));
  if (folder === undefined) return refuse(NO_FOLDER);
  const name = basename(path);
  const real = join(folder, name);
  if (isKubernetes(path) || isKubernetes(real)) return refuse(KUBERNETES);
  const self = await machine.self();
  const leftovers = await left({ folder, name, self });
  const stats = await statOf(disk, real);
  const problem =
    stats === undefined
      ? undefined
      : ((await linkProblem(disk, real, stats)) ??
        (await mountProblem(disk, folder, real, stats)) ??
        (stats.nlink - (await namesOf(disk, stats, leftovers)) > 1 ? NAMES : ownProblem(stats, self)));
  if (problem !== undefined) return refuse(problem);
  const folderProblem = await folderProblemOf(disk, folder);
  if (folderProblem !== undefined) return refuse(folderProblem);
  if (stats === undefined) return { ok: true, spot: { folder, name, path: real, found: null, self } };
  const opened = await openOwn(disk, real, self);
  if (!opened.ok) return refuse(opened.problem);
  const found = { text: opened.text, mode: stats.mode & MODE_BITS, gid: stats.gid };
  return { ok: true, spot: { folder, name, path: real, found, self } };
}

const MODE_BITS = 0o7777;

const WINDOWS =
  "on Windows, the bot cannot replace a file in one step. Name a command with exec:, or leave write unset and save the token by hand.";

const NO_FOLDER = "its folder does not exist. Create the folder, or correct the path.";

const KUBERNETES =
  "it is a file of a mounted Secret or ConfigMap (..data). Kubernetes replaces such files and ignores changes to them. Save to the Secret itself, with exec: and kubectl.";

const LINK =
  "it is a symbolic link. The bot would replace the link, and the file behind it would keep the old token. Name the file itself.";

const NAMES =
  "the file has more than one name (a hard link). The other name would keep the old token. Name a file with one name.";

const MOUNT =
  "the file is mounted by itself, and a mounted file cannot be replaced. Mount its folder instead, or name a command with exec:.";

const READ_ONLY = "the file is read-only. Give its owner write permission, or name another place.";

const READ_ONLY_DISK = "its file system is read-only. Mount the folder writable, or name a command with exec:.";

const FOLDER_CLOSED =
  "the user that runs wa-token may not create files in its folder. Give that user write permission for the folder.";

/** Kubernetes mounts a Secret as links to `..data/<key>`, and `..data` as a link to `..<time>`. */
function isKubernetes(path: string): boolean {
  return path.split("/").some((part) => part === "..data" || /^\.\.\d{4}_/.test(part));
}

async function realFolder(disk: Disk, folder: string): Promise<string | undefined> {
  try {
    const real = await disk.realpath(folder);
    return (await disk.lstat(real)).isDirectory() ? real : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function statOf(disk: Disk, path: string): Promise<Stats | undefined> {
  try {
    return await disk.lstat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function linkProblem(disk: Disk, path: string, stats: Stats): Promise<string | undefined> {
  if (stats.isSymbolicLink()) return isKubernetes(await disk.readlink(path)) ? KUBERNETES : LINK;
  if (stats.isDirectory()) return "it is a folder. Name the file in it that contains the token.";
  if (!stats.isFile()) return "it is not a regular file. Name the file that contains the token.";
  return undefined;
}

/** A bind mount of one file has the device of its folder when both are on one disk, so the list of mounts decides. */
async function mountProblem(disk: Disk, folder: string, path: string, stats: Stats): Promise<string | undefined> {
  if ((await disk.lstat(folder)).dev !== stats.dev) return MOUNT;
  const mounts = (await readProc(disk, "mountinfo")) ?? "";
  // The fifth field is the mount point. Spaces and some other characters in it are octal (proc_pid_mountinfo(5)).
  const points = mounts.split("\n").map((line) => unescape(line.split(" ")[4] ?? ""));
  return points.includes(path) ? MOUNT : undefined;
}

function unescape(field: string): string {
  return field.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** The number of these files that are another name of the file. */
async function namesOf(disk: Disk, { dev, ino }: Stats, paths: readonly string[]): Promise<number> {
  const found = await Promise.all(paths.map((path) => statOf(disk, path)));
  return found.filter((stats) => stats?.dev === dev && stats.ino === ino).length;
}

function ownProblem({ uid, gid, mode }: Stats, self: Self): string | undefined {
  if (uid !== self.uid)
    return `the file belongs to ${uid === 0 ? "root" : `another user (ID ${uid})`}, and a new file would belong to the user that runs wa-token (ID ${self.uid}). Give the file to that user, or name a command with exec:.`;
  if (self.uid !== 0 && !self.groups.includes(gid))
    return `the file belongs to a group (ID ${gid}) that the user that runs wa-token is not in. Add the user to that group, or change the group of the file.`;
  return (mode & 0o200) === 0 ? READ_ONLY : undefined;
}

async function folderProblemOf(disk: Disk, folder: string): Promise<string | undefined> {
  try {
    await disk.access(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    if (error.code === "EROFS") return READ_ONLY_DISK;
    if (error.code === "EACCES" || error.code === "EPERM") return FOLDER_CLOSED;
    throw error;
  }
}
