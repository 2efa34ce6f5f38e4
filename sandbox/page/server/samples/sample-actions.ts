import type { GraphStandIn } from "../../../graph/graph.ts";
import type { SlackWorkspace } from "../../../slack/workspace.ts";
import { isObject } from "../../../slack/json.ts";
import type { SamplePath } from "../../protocol/requests.ts";
import { SAMPLE_WATCH } from "../../protocol/sample-requests.ts";
import { HttpError } from "../http.ts";
import { checkModal, personOf } from "../place.ts";
import type { RequestHandlers } from "../routes.ts";
import { createSamples } from "./samples.ts";
import { tokenFieldOf, watchFieldOf } from "./form-fields.ts";

export interface SampleParts {
  readonly slack: SlackWorkspace;
  readonly graph: GraphStandIn;
}

/** Handler for the sample tokens of the check form. */
export function createSampleActions({ slack, graph }: SampleParts): RequestHandlers<SamplePath> {
  const make = createSamples(graph);
  return {
    "/api/sample": async ({ as, viewId, kind }) => {
      const person = personOf(slack, as);
      checkModal(person, viewId);
      const modal = person.modal();
      const field = modal === undefined ? null : tokenFieldOf(modal);
      if (modal === undefined || field === null) throw new HttpError(409, "This form has no field for a token.");
      await person.type(field, make(kind));
      const watch = watchFieldOf(modal);
      const isChosen = watch !== null && isObject(modal.values[watch.blockId]?.[watch.actionId]?.["selected_option"]);
      if (watch !== null && !isChosen) await person.select(watch, SAMPLE_WATCH);
      return { ok: true, problem: null };
    },
  };
}
