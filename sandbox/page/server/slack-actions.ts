import { asObjects, type JsonObject } from "../../slack/json.ts";
import type { Outcome, Person, Place as DriverPlace, Target } from "../../slack/people/driver.ts";
import { placedElements } from "../../slack/views/fields.ts";
import type { SlackWorkspace } from "../../slack/workspace.ts";
import type { FieldInput, RequestResult, SlackPath } from "../protocol/requests.ts";
import type { RequestHandlers } from "./routes.ts";
import { COMMAND } from "../protocol/command.ts";
import { checkModal, gone, personOf, placeOf } from "./place.ts";

/** Performs the actions of a person on the page. The sandbox's person delivers them to the bot as Slack does. */
export function createSlackActions(slack: SlackWorkspace): RequestHandlers<SlackPath> {
  return {
    "/api/command": async ({ as, channel, text }) => {
      const person = personOf(slack, as);
      const visible = slack.channels().some(({ id, shared }) => id === channel && (shared || !person.outsider));
      if (!visible && channel !== person.dmChannel) return { ok: false, problem: "You are not in this channel." };
      return resultOf(
        await person.runCommand({ command: COMMAND, text, channel: channel === person.dmChannel ? "dm" : channel }),
      );
    },
    "/api/action": async ({ as, place, blockId, actionId, value, fields }) => {
      const person = personOf(slack, as);
      const where = placeOf(person, place);
      if (place.kind === "modal") await fill(person, fields);
      const target = targetIn(shownBlocks(person, where), blockId, actionId);
      if (value === undefined) return resultOf(await person.click(target, { in: where }));
      return resultOf(await person.select(target, value, { in: where }));
    },
    "/api/fill": async ({ as, viewId, fields }) => {
      const person = personOf(slack, as);
      // A field loses the focus when its form closes, so the values of a closed form may arrive last. Nobody needs them.
      if (person.modal()?.id === viewId) await fill(person, fields);
      return { ok: true, problem: null };
    },
    "/api/submit": async ({ as, viewId, fields }) => {
      const person = personOf(slack, as);
      checkModal(person, viewId);
      await fill(person, fields);
      return resultOf(await person.submit());
    },
    "/api/close": async ({ as, viewId, all }) => {
      const person = personOf(slack, as);
      checkModal(person, viewId);
      return resultOf(await person.closeModal({ all }));
    },
    "/api/home": async ({ as, tab }) => resultOf(await personOf(slack, as).homeOpened(tab)),
  };
}

function shownBlocks(person: Person, place: DriverPlace): readonly JsonObject[] {
  if (place === "modal") return person.modal()?.blocks ?? [];
  if (place === "home") return person.home()?.blocks ?? [];
  return [...place.blocks, ...place.attachments.flatMap(({ blocks }) => asObjects(blocks))];
}

/**
 * The pressed element as it is now. An edit gives every block a new id, and the press may come before the page draws the
 * edit. Then the only element with this action is the pressed one. Throws HttpError when there is no such element.
 */
function targetIn(blocks: readonly JsonObject[], blockId: string, actionId: string): Exclude<Target, string> {
  const same = placedElements(blocks).filter((placed) => placed.actionId === actionId);
  if (same.some((placed) => placed.blockId === blockId)) return { blockId, actionId };
  if (same.length !== 1) throw gone();
  return { actionId };
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}

/** The result that the page shows. Failures of the app and refusals arrive through the stream. */
function resultOf(outcome: Outcome): RequestResult {
  const quiet = outcome.kind !== "not_sent" || Object.keys(outcome.errors).length > 0;
  return {
    ok: outcome.kind === "silent" || outcome.kind === "acked",
    problem: quiet ? null : sentence(outcome.reason),
  };
}

/**
 * Copies the form's values from the page into the person's modal. Elements outside input blocks are skipped, because
 * setting them would send an action at once.
 */
async function fill(person: Person, fields: readonly FieldInput[]): Promise<void> {
  for (const { blockId, actionId, value } of fields) {
    const modal = person.modal();
    const block = modal?.blocks.find((candidate) => candidate["block_id"] === blockId);
    const held = modal?.values[blockId]?.[actionId];
    if (held === undefined || block?.["type"] !== "input") continue;
    const target = { blockId, actionId };
    if ("value" in held) await person.type(target, typeof value === "string" ? value : "");
    else await person.select(target, value);
  }
}
