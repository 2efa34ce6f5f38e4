import type { Usage } from "../../watch/budget/budget.ts";
import { limitsApp } from "../errors.ts";
import type { RawReply } from "../raw-reply.ts";
import type { Reply } from "../reply.ts";
import { appShare } from "./shares.ts";
import { throttledMs } from "./waits.ts";

/** What an answer says about the limit of its app. Undefined without an answer, because silence says nothing. */
export function usageOf(raw: RawReply, reply: Reply, at: Date): Usage | undefined {
  if (raw.kind !== "answer") return undefined;
  const percent = appShare(raw.headers);
  const isLimited = !reply.ok && reply.failure.kind === "throttled" && limitsApp(reply.failure.evidence?.code ?? null);
  const isReached = isLimited || percent === 100;
  return { percent, waitMs: isReached ? throttledMs(raw.headers, at) : null };
}
