import type { IncomingMessage } from "node:http";
import { HttpError } from "./http.ts";

/**
 * Refuses what another site made this browser ask: a foreign name that was pointed at this address (DNS rebinding)
 * comes with its own Host, and a foreign page with its own Origin. Throws HttpError.
 */
export function checkCaller({ headers, method }: IncomingMessage, port: number): void {
  const hosts = ["127.0.0.1", "localhost"].map((name) => `${name}:${port}`);
  const { host = "", origin, "sec-fetch-site": site } = headers;
  if (!hosts.includes(host)) throw new HttpError(421, "This page answers on 127.0.0.1 and localhost only.");
  if (method === "GET" || method === "HEAD") return;
  // Browsers send Origin with every POST; a script without one is refused too, as nothing needs it.
  if (origin !== `http://${host}` || (site !== undefined && site !== "same-origin"))
    throw new HttpError(403, "Only this page itself may ask for that.");
}
