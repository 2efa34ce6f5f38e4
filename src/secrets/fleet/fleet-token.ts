import type { FileHandle } from "node:fs/promises";
import type { Source } from "../../token/secret/source.ts";
import { withFile } from "../file.ts";
import { decode, failed, MOST_BYTES, type Reading } from "../reading.ts";

export type FleetTokenSource = Extract<Source, { readonly kind: "fleet" }>;

/** The positions of lines in the files of fleets, in bytes. Undefined: the fleet has no such line. */
export interface FleetPlaces {
  readonly placeOf: (source: FleetTokenSource) => number | undefined;
  /** Called when another line is at that position now. Reads the fleet again. */
  readonly findAgain: (source: FleetTokenSource) => Promise<number | undefined>;
}

/** Reads the token of a watch from its line. The rest of the file is read only when the line moved. */
export async function readFleetToken(source: FleetTokenSource, places: FleetPlaces | undefined): Promise<Reading> {
  const look = async (at: number | undefined): Promise<Reading | undefined> =>
    at === undefined ? undefined : tokenAt(source, at);
  const reading = (await look(places?.placeOf(source))) ?? (await look(await places?.findAgain(source)));
  return reading ?? failed("it was not found there. Put the line back, or wait until the fleet is read again.");
}

/** Undefined when another line is at this position. */
async function tokenAt({ path, watch }: FleetTokenSource, at: number): Promise<Reading | undefined> {
  let isThere = true;
  const reading = await withFile(path, async (file) => {
    const line = parsed(await lineAt(file, at));
    isThere = line?.["name"] === watch;
    const token = line?.["token"];
    return typeof token === "string" ? decode(Buffer.from(token)) : failed("it has no token. Put the token there.");
  });
  return isThere ? reading : undefined;
}

async function lineAt(file: FileHandle, at: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, at);
  const end = buffer.subarray(0, bytesRead).indexOf("\n");
  const text = buffer.toString("utf8", 0, end < 0 ? bytesRead : end);
  // The file may begin with a byte order mark.
  return text.replace(/^\uFEFF/, "");
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
