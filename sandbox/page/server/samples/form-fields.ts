import { TOKEN_FIELD, WATCH_FIELD } from "../../../../src/slack/check/ids.ts";
import type { SeenModal } from "../../../slack/people/driver.ts";
import { asObjects, isObject } from "../../../slack/json.ts";
import { SAMPLE_WATCH } from "../../protocol/sample-requests.ts";
import type { FieldPlace } from "../../protocol/slack-snapshot.ts";

/** The field of a modal that takes a pasted token; null when there is none. */
export function tokenFieldOf(modal: Pick<SeenModal, "values">): FieldPlace | null {
  return fieldOf(modal, TOKEN_FIELD);
}

/** The field of a modal that offers the watch of the samples; null when there is none. */
export function watchFieldOf(modal: Pick<SeenModal, "values" | "blocks">): FieldPlace | null {
  const field = fieldOf(modal, WATCH_FIELD);
  const element = modal.blocks.find((block) => block["block_id"] === field?.blockId)?.["element"];
  const options = isObject(element) ? asObjects(element["options"]) : [];
  return options.some(({ value }) => value === SAMPLE_WATCH) ? field : null;
}

function fieldOf({ values }: Pick<SeenModal, "values">, prefix: string): FieldPlace | null {
  for (const [blockId, actions] of Object.entries(values)) {
    const [actionId] = Object.keys(actions);
    if (blockId.startsWith(prefix) && actionId !== undefined) return { blockId, actionId };
  }
  return null;
}
