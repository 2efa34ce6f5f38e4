import { randomUUID } from "node:crypto";
import type { Config } from "../config/config.ts";
import type { Escalation } from "../alert/escalate.ts";

/** The escalation routes. A message that ESCALATE_TO refuses goes to FALLBACK_CHANNEL. */
export function escalationOf({ alerts }: Pick<Config, "alerts">): Escalation {
  const { escalateTo, fallbackChannel, escalateAfterMs } = alerts;
  const routes = escalateTo === undefined ? [] : [escalateTo, fallbackChannel].filter((route) => route !== undefined);
  return { routes: [...new Set(routes)], afterMs: escalateAfterMs, newId: randomUUID };
}
