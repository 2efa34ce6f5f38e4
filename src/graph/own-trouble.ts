import { open } from "node:fs/promises";
import { devNull } from "node:os";
import { ownTroubleOf } from "../token/own-trouble.ts";
import type { RawReply } from "./raw-reply.ts";

/**
 * Throws `OwnTroubleError` when a call failed because this process has run out of a resource. The watch then gets no
 * blame. Otherwise returns the reply unchanged.
 */
export async function withoutOwnTrouble(reply: RawReply): Promise<RawReply> {
  if (reply.kind !== "broken") return reply;
  // The name of the proxy can follow the code.
  const [code = ""] = reply.cause.split(" ");
  const trouble = ownTroubleOf(code) ?? (NO_NAME.test(code) ? await fileTrouble() : undefined);
  if (trouble !== undefined) throw trouble;
  return reply;
}

/**
 * A DNS lookup opens files. Without a free file, it reports that the name does not exist (getaddrinfo of glibc,
 * ENOTFOUND under EMFILE; tried 2026-11), so the code alone does not show the cause.
 */
const NO_NAME = /^(?:ENOTFOUND|EAI_)/;

/** Returns an error when this process cannot open a file now. */
async function fileTrouble() {
  try {
    await (await open(devNull, "r")).close();
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? ownTroubleOf(String(error.code)) : undefined;
  }
}
