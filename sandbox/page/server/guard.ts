import type { IncomingMessage } from "node:http";
import { HttpError } from "./http.ts";

/**
 * Refuses requests that another site made this browser send. A foreign name that points to this address (DNS rebinding)
 * shows in the Host header. A foreign page shows in the Origin header. Throws HttpError.
 */
export function checkCaller({ headers, method }: IncomingMessage, port: number): void {
  const hosts = ["127.0.0.1", "localhost"].map((name) => `${name}:${port}`);
  const { host = "", origin, "sec-fetch-site": site } = headers;
  if (!hosts.includes(host)) throw new HttpError(421, "This page is available only on 127.0.0.1 and localhost.");
  if (method === "GET" || method === "HEAD") return;
  // Browsers send Origin with every POST. A script that sends none is refused too, because nothing here needs it.
  if (origin !== `http://${host}` || (site !== undefined && site !== "same-origin"))
    throw new HttpError(403, "Only this page may send this request.");
}
