import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const CACHE = join(import.meta.dirname, "../../node_modules/.cache/wa-token-chromium");

/** The package contains a compressed Chromium for Linux on x64. */
const PACKED = join(createRequire(import.meta.url).resolve("@sparticuz/chromium"), "../../bin/chromium.br");

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

const MAC_APPS = ["Google Chrome", "Chromium", "Microsoft Edge"].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

/** Unpacks Chromium once. Another run may do the same at the same time without conflict. */
async function unpacked(): Promise<string> {
  const path = join(CACHE, "chromium");
  if (existsSync(path)) return path;
  mkdirSync(CACHE, { recursive: true });
  const own = `${path}.${process.pid}`;
  try {
    await pipeline(createReadStream(PACKED), createBrotliDecompress(), createWriteStream(own, { mode: 0o755 }));
    renameSync(own, path);
  } finally {
    rmSync(own, { force: true });
  }
  return path;
}

/**
 * Programs that may be a Chromium, in order of preference. Each has to be tried, because a library that it needs may be
 * missing.
 */
export async function browserCandidates(): Promise<readonly string[]> {
  const { platform, arch, env } = process;
  const onPath = (env["PATH"] ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [
    ...(platform === "linux" && arch === "x64" ? [await unpacked()] : []),
    ...onPath.filter((path) => existsSync(path)),
    ...(platform === "darwin" ? MAC_APPS.filter((path) => existsSync(path)) : []),
  ];
}
