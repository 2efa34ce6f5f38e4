import { asObjects, isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { Refusal } from "../limits/message.ts";
import { viewRefusal } from "../views/methods.ts";
import type { ShownView } from "../views/store.ts";
import type { Outcome } from "./driver.ts";
import { notify } from "./session.ts";
import type { Session } from "./session.ts";

/**
 * Applies the acknowledgement of a view_submission. An empty one closes this view; others show errors, update, push or
 * clear. An acknowledgement that Slack could not use is recorded as a rejection, and the person sees an error.
 */
export function applyResponse(session: Session, view: ShownView, payload: JsonObject | undefined): Outcome {
  const refusal = payload === undefined ? closed(session, view) : apply(session, view, payload);
  if (refusal === undefined) return { kind: "acked", answer: payload };
  session.refuse("ack", "view_submission", refusal);
  notify(session, refusal.error);
  const messages = session.record.rejections().at(-1)?.messages ?? [];
  return { kind: "rejected", error: refusal.error, messages };
}

function apply(session: Session, view: ShownView, payload: JsonObject): Refusal | undefined {
  switch (payload["response_action"]) {
    case "clear":
      session.views.close(view.rootId);
      return undefined;
    case "errors":
      return showErrors(session, view, payload["errors"]);
    case "update": {
      const refusal = viewRefusal(payload["view"], "modal");
      if (refusal !== undefined) return refusal;
      const result = session.views.update({ viewId: view.id }, objectOf(payload["view"]), undefined);
      // The person closed the view in the meantime, so there is no place to show an error.
      return result.ok || result.error === "not_found" ? undefined : { error: result.error, problems: [] };
    }
    case "push": {
      const refusal = viewRefusal(payload["view"], "modal");
      if (refusal !== undefined) return refusal;
      const result = session.views.push(session.who.id, objectOf(payload["view"]));
      return result.ok ? undefined : { error: result.error, problems: [] };
    }
    default:
      return problem("/response_action", "must be one of: update, push, clear, errors");
  }
}

function closed(session: Session, view: ShownView): undefined {
  session.views.close(view.id);
}

/** Errors must name input blocks of this view; Slack has no place to show others. */
function showErrors(session: Session, view: ShownView, errors: unknown): Refusal | undefined {
  if (!isObject(errors) || Object.keys(errors).length === 0) return problem("/errors", "must name at least one block");
  const inputs = asObjects(view.content["blocks"]).filter((block) => block["type"] === "input");
  const shown: Record<string, string> = {};
  for (const [blockId, text] of Object.entries(errors)) {
    if (!inputs.some((block) => block["block_id"] === blockId)) {
      return problem(`/errors/${blockId}`, "is not the block_id of an input block");
    }
    if (typeof text !== "string" || text === "") return problem(`/errors/${blockId}`, "must be a text");
    shown[blockId] = text;
  }
  view.errors = shown;
  session.views.touched();
  return undefined;
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function problem(pointer: string, message: string): Refusal {
  return { error: "invalid_arguments", problems: [{ pointer, message }] };
}
