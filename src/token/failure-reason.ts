import type { InspectionFailure } from "./inspection.ts";
import { misconfigurationOf } from "./misconfiguration.ts";

/** Why a call gave no answer, as the end of a sentence: "…could not be read: Meta limits how often it answers". */
export const failureReason = (failure: Pick<InspectionFailure, "kind" | "evidence">): string => {
  const { kind, evidence } = failure;
  switch (kind) {
    case "unreachable":
      return (evidence?.status ?? null) === null ? "Meta did not answer" : "Meta has trouble answering";
    case "throttled":
      return "Meta limits how often it answers";
    case "misconfigured":
      return misconfigurationOf(failure).reason;
    case "app_blocked":
      return "Meta has blocked or deleted the app";
    case "malformed":
      return (evidence?.code ?? null) === null
        ? "Meta's answer could not be read"
        : `Meta answered with an error that the bot does not know (code ${evidence?.code})`;
    case "unreadable":
      return "the token could not be read";
  }
};

/** What to do about it, one plain sentence; what is only to be waited for says so. */
export const failureRemedy = (failure: Pick<InspectionFailure, "kind" | "evidence">): string => {
  switch (failure.kind) {
    case "unreachable":
      return "Check again in some minutes.";
    case "throttled":
      return "Check again later: calls under a limit make it last longer.";
    case "misconfigured": {
      const { remedy } = misconfigurationOf(failure);
      return `${remedy.slice(0, 1).toUpperCase()}${remedy.slice(1)}.`;
    }
    case "app_blocked":
      return APP_BLOCKED_REMEDY;
    case "malformed":
      return "Check again in some minutes; if it lasts, check the id, GRAPH_API_URL and GRAPH_API_VERSION.";
    case "unreadable":
      return "Copy the whole token again.";
  }
};

/** Never a word about tokens or permissions to make: none would help. */
export const APP_BLOCKED_REMEDY =
  "Open the app in the App Dashboard and read what Meta says about it there. A new token does not help.";
