import { spawn } from "node:child_process";
import { platform } from "node:os";

/**
 * Opens the address in the person's own browser. Returns false on a platform without a known command; a browser that
 * fails causes no error.
 */
export function openBrowser(url: string): boolean {
  const opener = OPENERS[platform()];
  if (opener === undefined) return false;
  const [command, ...args] = opener;
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  // The command may not be installed, as on a server. The address is on the screen anyway.
  child.on("error", () => undefined);
  child.unref();
  return true;
}

/** The command with which each platform opens an address. Other platforms have no common command. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  linux: ["xdg-open"],
  freebsd: ["xdg-open"],
  openbsd: ["xdg-open"],
  // `start` takes its first quoted argument as the window's title, so the title is empty.
  win32: ["cmd", "/c", "start", ""],
};
