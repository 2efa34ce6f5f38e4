import type { Clock } from "../clock.ts";
import type { Refusal } from "./limits/message.ts";
import { problemSentences } from "./limits/message.ts";
import { errorReply } from "./reply.ts";
import type { Reply } from "./reply.ts";
import type { Rejection, WorkspaceRecord } from "./record.ts";

/** Records that the app sent something that Slack would refuse, and returns the answer that Slack would give. */
export type Refuse = (source: Rejection["source"], method: string, refusal: Refusal) => Reply;

export function createRefuse(record: WorkspaceRecord, clock: Clock): Refuse {
  return (source, method, refusal) => {
    const messages = problemSentences(refusal.problems);
    const rejection = { at: clock.now(), source, method, error: refusal.error, messages };
    record.add({ type: "rejection", rejection });
    if (messages.length === 0) return errorReply(refusal.error);
    return errorReply(refusal.error, {
      errors: messages.map((message) => message.replace("[ERROR] ", "")),
      response_metadata: { messages },
    });
  };
}
