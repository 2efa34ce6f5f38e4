import type { GraphStandIn } from "../../../graph/graph.ts";
import type { SlackWorkspace } from "../../../slack/workspace.ts";
import type { SamplePath } from "../../protocol/requests.ts";
import { HttpError } from "../http.ts";
import { checkModal, personOf } from "../place.ts";
import type { RequestHandlers } from "../routes.ts";
import { createSamples } from "./samples.ts";
import { tokenFieldOf } from "./token-field.ts";

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
      if (field === null) throw new HttpError(409, "This form has no field for a token.");
      await person.type(field, make(kind));
      return { ok: true, problem: null };
    },
  };
}
