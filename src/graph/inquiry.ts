import type { Logger } from "pino";
import type { Usage } from "../watch/budget/budget.ts";
import { type Clean, clean } from "./clean.ts";
import { type GraphClient, type GraphRequest, REQUEST_TIMEOUT_MS } from "./client.ts";
import { failure } from "./failures.ts";
import { readReply, type Reply } from "./reply.ts";
import { usageOf } from "./limits/usage.ts";

export interface InquiryDeps {
  readonly client: GraphClient;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: Pick<Logger, "debug"> | undefined;
  /** Called for every answer, with what it says about the limit of the app. */
  readonly onUsage?: ((usage: Usage) => void) | undefined;
}

/** The calls of one inspection. They share one time limit. */
export interface Inquiry {
  readonly clean: Clean;
  readonly get: (request: Omit<GraphRequest, "timeoutMs">) => Promise<Reply>;
}

/**
 * Each call has 5 s, and one retry after 1 s when Graph cannot be reached. All calls together have 20 s. When the
 * response states a longer wait, there is no retry here: the caller has to wait.
 */
export function createInquiry(deps: InquiryDeps): Inquiry {
  const { client, now, wait, log, onUsage } = deps;
  // A monotonic clock, because `now` may jump, and does not advance in tests.
  const endMs = performance.now() + INSPECTION_TIMEOUT_MS;
  const leftMs = (): number => endMs - performance.now();

  const attempt = async (request: Omit<GraphRequest, "timeoutMs">): Promise<Reply> => {
    const call = `GET ${request.path}`;
    const timeoutMs = Math.min(REQUEST_TIMEOUT_MS, leftMs());
    if (timeoutMs <= 0) return { ok: false, failure: failure("unreachable", `No time was left for ${call}`, null) };
    const raw = await client.get({ ...request, timeoutMs });
    const at = now();
    const reply = readReply(raw, { call, at, clean });
    const usage = usageOf(raw, reply, at);
    if (usage !== undefined) onUsage?.(usage);
    if (!reply.ok) log?.debug({ call, kind: reply.failure.kind }, "graph gave no usable answer");
    return reply;
  };

  return {
    clean,
    get: async (request) => {
      const first = await attempt(request);
      if (first.ok || first.failure.kind !== "unreachable") return first;
      if ((first.failure.retryAfterMs ?? 0) > RETRY_AFTER_MS || leftMs() <= RETRY_AFTER_MS) return first;
      await wait(RETRY_AFTER_MS);
      return attempt(request);
    },
  };
}

/** A person or a round waits for each inspection, so it must not take longer. */
const INSPECTION_TIMEOUT_MS = 20_000;

const RETRY_AFTER_MS = 1_000;
