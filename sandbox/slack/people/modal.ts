import { asObjects, asString, isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { isEmptyValue, stateValues } from "../views/fields.ts";
import type { ShownView } from "../views/store.ts";
import type { Outcome, SeenModal } from "./driver.ts";
import { interactionBase } from "./payloads.ts";
import { failureOf } from "./session.ts";
import type { Session } from "./session.ts";
import { applyResponse } from "./response-action.ts";

/** The top modal of the person's stack. */
export function seenModal(session: Session): SeenModal | undefined {
  const stack = session.views.stack(session.who.id);
  const view = stack.at(-1);
  if (view === undefined) return undefined;
  const blocks = asObjects(view.content["blocks"]);
  const title = view.content["title"];
  return {
    id: view.id,
    externalId: asString(view.content["external_id"]),
    callbackId: asString(view.content["callback_id"]) ?? "",
    hash: view.hash,
    title: isObject(title) ? (asString(title["text"]) ?? "") : "",
    view: session.views.output(view),
    blocks,
    values: stateValues(blocks, view.typed),
    errors: view.errors,
    depth: stack.length,
  };
}

/** Presses submit: runs the client's checks, sends `view_submission`, then applies the acknowledgement. */
export async function submit(session: Session): Promise<Outcome> {
  const view = session.views.stack(session.who.id).at(-1);
  if (view === undefined) throw new Error(`${session.who.name} has no modal open.`);
  if (view.content["submit"] === undefined) throw new Error("This modal has no submit button.");
  view.errors = clientErrors(view);
  session.views.touched();
  if (Object.keys(view.errors).length > 0) {
    return { kind: "not_sent", reason: "the form is not complete", errors: view.errors };
  }
  const answer = await session.deliver("interactive", {
    ...interactionBase("view_submission", session.who, session.directory),
    trigger_id: session.triggers.issue({ userId: session.who.id, viewId: view.id }),
    view: session.views.output(view),
    response_urls: [],
  });
  const failure = failureOf(session, answer);
  if (failure !== undefined || answer.kind !== "acked") return failure ?? { kind: "silent" };
  return applyResponse(session, view, answer.payload);
}

/** Closes the top view or the whole stack. Notifies the app when the view asked for it. */
export async function closeModal(session: Session, all: boolean): Promise<Outcome> {
  const stack = session.views.stack(session.who.id);
  const [root, top] = [stack[0], stack.at(-1)];
  if (root === undefined || top === undefined) throw new Error(`${session.who.name} has no modal open.`);
  const cleared = all || top.content["clear_on_close"] === true;
  // The × reports the root view of the stack (surfaces/modals, docs.slack.dev, read 2026-11).
  const closed = cleared ? root : top;
  const output = session.views.output(closed);
  session.views.close(closed.id);
  if (closed.content["notify_on_close"] !== true) return { kind: "silent" };
  const answer = await session.deliver("interactive", {
    ...interactionBase("view_closed", session.who, session.directory),
    view: output,
    is_cleared: cleared,
  });
  return failureOf(session, answer) ?? { kind: "acked", answer: answer.kind === "acked" ? answer.payload : undefined };
}

/** The errors for which Slack's client does not submit a form: empty required fields and wrong lengths. */
function clientErrors(view: ShownView): Readonly<Record<string, string>> {
  const blocks = asObjects(view.content["blocks"]);
  const values = stateValues(blocks, view.typed);
  const errors: Record<string, string> = {};
  for (const block of blocks.filter((candidate) => candidate["type"] === "input")) {
    const element = isObject(block["element"]) ? block["element"] : {};
    const value = values[String(block["block_id"])]?.[String(element["action_id"])];
    const problem = inputProblem(block, element, value);
    if (problem !== undefined) errors[String(block["block_id"])] = problem;
  }
  return errors;
}

function inputProblem(block: JsonObject, element: JsonObject, value: JsonObject | undefined): string | undefined {
  if (isEmptyValue(value)) {
    return block["optional"] === true ? undefined : "Please complete this required field.";
  }
  const length = Array.from(asString(value?.["value"]) ?? "").length;
  const { min_length: least, max_length: most } = element;
  if (typeof least === "number" && length < least) return `Must be at least ${least} characters long.`;
  if (element["type"] === "plain_text_input" && length > (typeof most === "number" ? most : 3000)) {
    return `Must be at most ${typeof most === "number" ? most : 3000} characters long.`;
  }
  return undefined;
}
