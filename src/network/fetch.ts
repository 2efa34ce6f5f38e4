import type { OpenAgent } from "./agent.ts";
import type { Proxies } from "./proxies.ts";

interface FetchInit {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** No form with files is ever sent. */
  readonly body?: string | FormData;
  readonly redirect?: "error" | "follow" | "manual";
  readonly signal?: AbortSignal;
}

/** What of fetch's answer is used, here and by Slack's client. */
interface FetchAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null; entries(): Iterable<[string, string]> };
  readonly body: { cancel(): Promise<void> } | null;
  arrayBuffer(): Promise<ArrayBuffer>;
  json(): Promise<unknown>;
  text(): Promise<string>;
}

/** As the global fetch, through the proxy where there is one. Callers bring a deadline. */
export type Fetch = (url: string | URL, init?: FetchInit) => Promise<FetchAnswer>;

export interface OpenFetch {
  readonly fetch: Fetch;
  /** Ends every request under way. */
  readonly close: () => Promise<void>;
}

/** Construction opens nothing: undici is loaded at the first request. */
export function createFetch(proxies: Proxies): OpenFetch {
  const open = async () => {
    const [undici, { openAgent }] = await Promise.all([import("undici"), import("./agent.ts")]);
    return { fetch: undici.fetch, agent: openAgent(proxies) };
  };
  let opened: Promise<{ readonly fetch: typeof import("undici").fetch; readonly agent: OpenAgent }> | undefined;
  return {
    fetch: async (url, { body, ...init } = {}) => {
      if (body instanceof FormData) throw new TypeError("files are not sent");
      const { fetch, agent } = await (opened ??= open());
      return fetch(url, { ...init, ...(body === undefined ? {} : { body }), dispatcher: agent.dispatcher });
    },
    close: async () => {
      const closing = opened;
      opened = undefined;
      await (await closing)?.agent.close();
    },
  };
}
