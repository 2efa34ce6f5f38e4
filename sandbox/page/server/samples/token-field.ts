import { TOKEN_FIELD } from "../../../../src/slack/check/ids.ts";
import type { SeenModal } from "../../../slack/people/driver.ts";
import type { ModalView } from "../../protocol/slack-snapshot.ts";

/** The field of a modal that takes a pasted token; null when there is none. */
export function tokenFieldOf({ values }: Pick<SeenModal, "values">): ModalView["tokenField"] {
  for (const [blockId, actions] of Object.entries(values)) {
    const [actionId] = Object.keys(actions);
    if (blockId.startsWith(TOKEN_FIELD) && actionId !== undefined) return { blockId, actionId };
  }
  return null;
}
