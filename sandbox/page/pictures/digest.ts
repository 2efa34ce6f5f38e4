import { createHash } from "node:crypto";
import type { World } from "../../world.ts";

/**
 * The digest of a payload as the page draws it. Values that are new at each start are replaced by what they stand for.
 */
export function payloadDigest(payload: unknown, { slack, dataDir }: Pick<World, "slack" | "dataDir">): string {
  let text = JSON.stringify(payload, (key, value: unknown) => (UNDRAWN.has(key) ? undefined : value));
  for (const { id, name } of [...slack.people(), ...slack.channels()]) text = text.replaceAll(id, name);
  text = text.replaceAll(JSON.stringify(dataDir).slice(1, -1), "");
  for (const [pattern, word] of MADE_UP) text = text.replaceAll(pattern, word);
  return createHash("sha256").update(text).digest("hex");
}

/** Slack generates these where the bot gives none, and the page does not draw them. */
const UNDRAWN = new Set(["block_id", "ts"]);

/** Values that are new at each start: ids, ports, Graph's trace ids and the random spread of checks. */
const MADE_UP: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "id"],
  [/\b127\.0\.0\.1:\d+/g, "127.0.0.1"],
  [/\btrace \w+/g, "trace"],
  [/\bnext (?:check )?<!date[^>]+>/g, "next check"],
];
