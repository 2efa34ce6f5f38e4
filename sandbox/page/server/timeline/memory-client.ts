import type { GraphClient } from "../../../../src/graph/client.ts";
import { queryText } from "../../../../src/graph/query.ts";
import { reveal } from "../../../../src/token/secret/secret.ts";
import { dress } from "../../../graph/answer.ts";
import { parseRequest } from "../../../graph/request.ts";
import { answerCall } from "../../../graph/router.ts";
import type { GraphState } from "../../../graph/state.ts";

/**
 * A Graph client that returns the stand-in's answers for a given time, without faults. It uses no network, and its
 * calls are not recorded.
 */
export function createMemoryClient(state: GraphState, version: string, at: Date): GraphClient {
  return {
    version,
    now: () => at,
    get: async ({ path, query, bearer }) => {
      const authorization = bearer === undefined ? undefined : `Bearer ${reveal(bearer)}`;
      const request = parseRequest("GET", `/${version}${path}${queryText(query)}`, authorization);
      const { status, headers, body } = dress(answerCall(state, request, at, ""), { serial: 0, version });
      return { kind: "answer", status, headers, text: typeof body === "string" ? body : "" };
    },
    close: async () => undefined,
  };
}
