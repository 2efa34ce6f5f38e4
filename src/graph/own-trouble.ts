import { open } from "node:fs/promises";
import { devNull } from "node:os";
import { ownTroubleOf } from "../token/own-trouble.ts";
import type { RawReply } from "./raw-reply.ts";

/**
 * Throws `OwnTroubleError` when a call failed because this process has run out of a resource, so that no watch is
 * blamed for it; else gives the reply as it is.
 */
export const withoutOwnTrouble = async (reply: RawReply): Promise<RawReply> => {
  if (reply.kind !== "broken") return reply;
  // A cause may go on with the proxy at which it happened.
  const [code = ""] = reply.cause.split(" ");
  const trouble = ownTroubleOf(code) ?? (NO_NAME.test(code) ? await fileTrouble() : undefined);
  if (trouble !== undefined) throw trouble;
  return reply;
};

/**
 * A look-up of a name opens files. Without a free one it answers that the name does not exist (getaddrinfo of glibc,
 * ENOTFOUND under EMFILE; tried 2026-11), so the code alone does not tell whose trouble it is.
 */
const NO_NAME = /^(?:ENOTFOUND|EAI_)/;

/** Whether this process can open a file now. */
async function fileTrouble() {
  try {
    await (await open(devNull, "r")).close();
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? ownTroubleOf(String(error.code)) : undefined;
  }
}
