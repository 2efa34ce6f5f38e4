import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface TokenFile {
  readonly path: string;
  /** What stands in the watchlist: `file:<path>`. */
  readonly source: string;
  /** Deploys a token: from now on the bot reads this one. */
  readonly write: (token: string) => void;
}

/** Deployed tokens as files of a folder, so that one can be replaced while the bot runs. */
export function createTokenFiles(folder: string): (name: string) => TokenFile {
  mkdirSync(folder, { recursive: true });
  return (name) => {
    const path = join(folder, name);
    return {
      path,
      source: `file:${path}`,
      write: (token) => {
        // At once for whoever reads meanwhile, as a deployment does it.
        writeFileSync(`${path}.new`, `${token}\n`, { mode: 0o600 });
        renameSync(`${path}.new`, path);
      },
    };
  };
}
