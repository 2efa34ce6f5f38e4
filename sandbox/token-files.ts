import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface TokenFile {
  readonly path: string;
  /** The `source` of a watch in the watchlist: `file:<path>`. */
  readonly source: string;
  /** Deploys a token: the bot reads it at its next inspection. */
  readonly write: (token: string) => void;
  /** The deployed token. The bot can have written it, too. Throws when the file does not exist. */
  readonly read: () => string;
}

/** Deployed tokens as files in a folder, so that a token can be replaced while the bot runs. */
export function createTokenFiles(folder: string): (name: string) => TokenFile {
  mkdirSync(folder, { recursive: true });
  return (name) => {
    const path = join(folder, name);
    return {
      path,
      source: `file:${path}`,
      write: (token) => {
        // Renaming is atomic, as in a real deployment: the bot never reads half a token.
        writeFileSync(`${path}.new`, `${token}\n`, { mode: 0o600 });
        renameSync(`${path}.new`, path);
      },
      read: () => readFileSync(path, "utf8").trim(),
    };
  };
}
