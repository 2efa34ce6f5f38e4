const BLOCK = 512;

const textOf = (bytes: Buffer): string => bytes.toString("utf8").replace(/\0.*$/s, "");

/** The regular files of a tar archive, in order. */
export function filesOfTar(archive: Buffer): readonly { readonly name: string; readonly bytes: Buffer }[] {
  const files: { readonly name: string; readonly bytes: Buffer }[] = [];
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0;) {
    const size = Number.parseInt(textOf(archive.subarray(at + 124, at + 136)), 8);
    const start = at + BLOCK;
    files.push({ name: textOf(archive.subarray(at, at + 100)), bytes: archive.subarray(start, start + size) });
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
