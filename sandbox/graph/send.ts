import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { WireAnswer } from "./answer.ts";
import type { FaultEffect } from "./faults/fault.ts";

export function send(response: ServerResponse, answer: WireAnswer): void {
  response.writeHead(answer.status, { "content-length": length(answer.body), ...answer.headers });
  response.end(answer.body);
}

/**
 * Sends an answer with the fault applied; returns the status that the caller receives, or undefined when the caller
 * receives none.
 */
export async function sendFaulty(
  fault: FaultEffect,
  request: IncomingMessage,
  response: ServerResponse,
  answer: WireAnswer,
): Promise<number | undefined> {
  switch (fault.kind) {
    case "hang":
      return undefined;
    case "reset":
      request.socket.resetAndDestroy();
      return undefined;
    case "wrong_length": {
      const claimed = Math.max(0, length(answer.body) + (fault.by ?? 100));
      response.writeHead(answer.status, { ...answer.headers, "content-length": claimed });
      response.write(answer.body, () => request.socket.end());
      return answer.status;
    }
    case "slow":
      await wait(fault.delayMs, undefined, { ref: false });
      break;
    default:
      break;
  }
  if (!response.destroyed) send(response, answer);
  return answer.status;
}

function length(body: WireAnswer["body"]): number {
  return Buffer.byteLength(body);
}
