import { asObjects, isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { allBlocks } from "../limits/message.ts";
import type { SeenMessage } from "../messages.ts";
import { filledValue, stateValues, typedKey } from "../views/fields.ts";
import type { Placed } from "../views/fields.ts";
import type { ShownView } from "../views/store.ts";
import type { Outcome, Place, Target } from "./driver.ts";
import { findElement } from "./find.ts";
import { interactionBase, messageParts } from "./payloads.ts";
import { failureOf } from "./session.ts";
import type { Session } from "./session.ts";

/** Presses a button. Sends `block_actions`, even for a button that opens a link. */
export async function click(
  session: Session,
  target: Target,
  options: { readonly in?: Place; readonly confirm?: boolean } = {},
): Promise<Outcome> {
  const surface = surfaceOf(session, options.in ?? "modal");
  const placed = findElement(surface.blocks, target, BUTTONS);
  if (denied(placed, options.confirm))
    return { kind: "not_sent", reason: "the person declined the confirmation", errors: {} };
  const { text, value, url, style } = placed.element;
  return sendAction(session, surface, placed, { text, value, url, style });
}

/** Types into a text field. Sends an action only in an input block with `dispatch_action`. */
export async function type(session: Session, target: Target, text: string, place: Place): Promise<Outcome> {
  const surface = surfaceOf(session, place);
  const placed = findElement(surface.blocks, target, TEXT_KINDS);
  return fill(session, surface, placed, filledValue(placed, text === "" ? [] : text));
}

export async function select(
  session: Session,
  target: Target,
  value: string | readonly string[],
  options: { readonly in?: Place; readonly confirm?: boolean } = {},
): Promise<Outcome> {
  const surface = surfaceOf(session, options.in ?? "modal");
  const placed = findElement(surface.blocks, target, /select|radio|checkboxes|overflow|picker/);
  if (denied(placed, options.confirm))
    return { kind: "not_sent", reason: "the person declined the confirmation", errors: {} };
  return fill(session, surface, placed, filledValue(placed, value));
}

const BUTTONS = /^(?:icon_|workflow_)?button$/;
const TEXT_KINDS = /_text_input$|^number_input$/;

interface Surface {
  readonly blocks: readonly JsonObject[];
  readonly view: ShownView | undefined;
  readonly message: SeenMessage | undefined;
}

async function fill(session: Session, surface: Surface, placed: Placed, value: JsonObject): Promise<Outcome> {
  if (surface.view !== undefined && placed.kind !== "overflow") {
    surface.view.typed.set(typedKey(placed), value);
    session.views.touched();
  }
  const quiet = placed.block["type"] === "input" && placed.block["dispatch_action"] !== true;
  return quiet ? { kind: "silent" } : sendAction(session, surface, placed, value);
}

async function sendAction(session: Session, surface: Surface, placed: Placed, chosen: JsonObject): Promise<Outcome> {
  const { who, directory, views, clock } = session;
  const action = {
    action_id: placed.actionId,
    block_id: placed.blockId,
    type: placed.kind,
    ...Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)),
    ...(placed.element["confirm"] === undefined ? {} : { confirm: placed.element["confirm"] }),
    action_ts: `${Math.floor(clock.now().getTime() / 1000)}.000100`,
  };
  const payload = {
    ...interactionBase("block_actions", who, directory),
    trigger_id: session.triggers.issue({ userId: who.id, viewId: surface.view?.id }),
    ...(surface.view === undefined
      ? {}
      : { container: { type: "view", view_id: surface.view.id }, view: views.output(surface.view) }),
    ...(surface.message === undefined ? {} : messageAction(session, surface.message, placed, chosen)),
    actions: [action],
  };
  const answer = await session.deliver("interactive", payload);
  return failureOf(session, answer) ?? { kind: "acked", answer: answer.kind === "acked" ? answer.payload : undefined };
}

function messageAction(session: Session, message: SeenMessage, placed: Placed, chosen: JsonObject): JsonObject {
  const path = session.responseUrls.issue({
    userId: session.who.id,
    channel: message.channel,
    commandLine: undefined,
    message,
  });
  const acted = placed.kind === "button" ? new Map<string, JsonObject>() : new Map([[typedKey(placed), chosen]]);
  return {
    ...messageParts(message, session.directory),
    state: { values: stateValues(allBlocks(message), acted) },
    response_url: `${session.url}${path}`,
  };
}

/** The current content of a place: after an edit, a button of the message is that of the edited message. */
function surfaceOf(session: Session, place: Place): Surface {
  if (typeof place === "object") {
    const message = session.messages.find(place.channel, place.ts);
    if (message === undefined) throw new Error("This message no longer exists.");
    return { blocks: allBlocks(message), view: undefined, message };
  }
  const view = place === "home" ? session.views.home(session.who.id) : session.views.stack(session.who.id).at(-1);
  if (view === undefined) throw new Error(`${session.who.name} has no ${place} open.`);
  return { blocks: asObjects(view.content["blocks"]), view, message: undefined };
}

function denied(placed: Placed, confirm: boolean | undefined): boolean {
  return isObject(placed.element["confirm"]) && confirm === false;
}
