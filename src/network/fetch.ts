import { fetch } from "undici";
import { openAgent, type OpenAgent } from "./agent.ts";
import type { Proxies } from "./proxies.ts";

/** Like the global fetch, but through the configured proxy. Callers must set a deadline. */
export type Fetch = (url: string | URL, init?: FetchInit) => Promise<FetchAnswer>;

export interface OpenFetch {
  readonly fetch: Fetch;
  /** Ends every running request. */
  readonly close: () => Promise<void>;
}

/** Opens nothing before the first request. */
export function createFetch(proxies: Proxies): OpenFetch {
  let opened: OpenAgent | undefined;
  return {
    fetch: async (url, { body, ...init } = {}) => {
      // The global `FormData` is not touched, because it makes Node.js load its own copy of undici at every start.
      if (typeof body === "object") throw new TypeError("files are not sent");
      const { dispatcher } = (opened ??= openAgent(proxies));
      return fetch(url, { ...init, ...(body === undefined ? {} : { body }), dispatcher });
    },
    close: async () => {
      const closing = opened;
      opened = undefined;
      await closing?.close();
    },
  };
}

interface FetchInit {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** A `FormData` body is refused, because the bot never sends files. */
  readonly body?: string | FormData;
  readonly redirect?: "error" | "follow" | "manual";
  readonly signal?: AbortSignal;
}

/** The part of a fetch response that this bot and Slack's client use. */
interface FetchAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null; entries(): Iterable<[string, string]> };
  readonly body: (AsyncIterable<Uint8Array> & { cancel(): Promise<void> }) | null;
  arrayBuffer(): Promise<ArrayBuffer>;
  json(): Promise<unknown>;
  text(): Promise<string>;
}
