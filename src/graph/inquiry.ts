import type { Logger } from "pino";
import { type Clean, clean } from "./clean.ts";
import { type GraphClient, type GraphRequest, REQUEST_TIMEOUT_MS } from "./client.ts";
import { failure } from "./failures.ts";
import { readReply, type Reply } from "./reply.ts";

/** An inspection that takes longer keeps a person or a round waiting for nothing. */
const INSPECTION_TIMEOUT_MS = 20_000;

/** The pause before the one retry. */
const RETRY_AFTER_MS = 1_000;

export interface InquiryDeps {
  readonly client: GraphClient;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: Pick<Logger, "debug"> | undefined;
}

/** The calls of one inspection: they share a budget of time and the knowledge of what must not be repeated. */
export interface Inquiry {
  readonly clean: Clean;
  readonly get: (request: Omit<GraphRequest, "timeoutMs">) => Promise<Reply>;
}

/**
 * Each call has 5 s, and one retry after 1 s when Graph could not be reached; all calls together have 20 s. A longer
 * wait that the answer states is the caller's to keep: then there is no retry.
 */
export const createInquiry = (deps: InquiryDeps): Inquiry => {
  const { client, now, wait, log } = deps;
  // Measured on a clock that nobody sets: `now` may jump, and in tests it stands still.
  const endMs = performance.now() + INSPECTION_TIMEOUT_MS;
  const leftMs = (): number => endMs - performance.now();

  const attempt = async (request: Omit<GraphRequest, "timeoutMs">): Promise<Reply> => {
    const call = `GET ${request.path}`;
    const timeoutMs = Math.min(REQUEST_TIMEOUT_MS, leftMs());
    if (timeoutMs <= 0) return { ok: false, failure: failure("unreachable", `No time was left for ${call}`, null) };
    const raw = await client.get({ ...request, timeoutMs });
    const reply = readReply(raw, { call, at: now(), clean });
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
};
