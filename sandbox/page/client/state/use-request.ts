import { useCallback } from "react";
import type { RequestBody, RequestPath, RequestResult } from "../../protocol/requests.ts";
import { useSlack, useStore } from "./use-page.ts";

/** Sends a request as the viewer and shows a toast when it fails. */
export function useRequest(): Ask {
  const { say } = useStore();
  const { id } = useSlack().viewer;
  return useCallback(
    async (path, body) => {
      const result = await post(path, { ...body, as: id });
      if (result.problem !== null) say({ kind: "page", text: result.problem });
      return result;
    },
    [id, say],
  );
}

const AWAY = "The playground does not respond. Is it still running?";

async function post(path: string, body: unknown): Promise<RequestResult> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as RequestResult;
  } catch {
    return { ok: false, problem: AWAY };
  }
}

type Ask = <P extends RequestPath>(path: P, body: Omit<RequestBody<P>, "as">) => Promise<RequestResult>;
