import { spawn } from "node:child_process";
import { platform } from "node:os";

/** How each platform is asked to open an address; elsewhere there is no common way. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  linux: ["xdg-open"],
  freebsd: ["xdg-open"],
  openbsd: ["xdg-open"],
  // The empty text is the window's title.
  win32: ["cmd", "/c", "start", ""],
};

/** Opens the address in the person's own browser. False where nobody can be asked; a browser that fails stays silent. */
export function openBrowser(url: string): boolean {
  const opener = OPENERS[platform()];
  if (opener === undefined) return false;
  const [command, ...args] = opener;
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  // Not installed, as on a server: the address is on the screen anyway.
  child.on("error", () => undefined);
  child.unref();
  return true;
}
