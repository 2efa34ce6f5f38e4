import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Aim } from "./aims.ts";

/** The commands of one watch, as paths. */
export interface Scripts {
  /** Saves the token from its standard input. */
  readonly sink: string;
  /** Gives the fingerprint of the saved token. */
  readonly proof: string;
  /** From now on, the first command that reaches the aimed moment kills the process that started it. */
  readonly arm: () => void;
}

/** @param token path of the token that the commands save and read */
export function writeScripts(folder: string, token: string, { by }: Pick<Aim, "by">): Scripts {
  const [armed, sink, proof] = [join(folder, "armed"), join(folder, "sink"), join(folder, "proof")];
  const dies = `if rm ${armed} 2>/dev/null; then kill -9 $PPID; exit 1; fi`;
  const isBefore = by.kind === "command" && by.moment === "before";
  const saves = `cat > ${token}.new && mv ${token}.new ${token}`;
  script(sink, isBefore ? [dies, saves] : [saves, dies]);
  script(proof, [dies, `${process.execPath} -e '${FINGERPRINT}' ${token}`]);
  return { sink, proof, arm: () => writeFileSync(armed, "") };
}

/** What an app does in docs/fingerprint.md. */
const FINGERPRINT = `const token = require("node:fs").readFileSync(process.argv[1], "utf8").trim();
console.log(require("node:crypto").createHmac("sha256", "wa-token/fingerprint/v1").update(token).digest("hex").slice(0, 12))`;

function script(path: string, lines: readonly string[]): void {
  writeFileSync(path, `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(path, 0o700);
}
