import { rich, type Spans } from "../../guide/rich-text.ts";
import type { HistoryCause } from "../../alert/history.ts";
import { findingMessage } from "../finding-words.ts";

/** Why the state or the alert of a watch changed. */
export function historyCause(cause: HistoryCause): Spans {
  switch (cause.kind) {
    case "finding":
      return findingMessage(cause.finding, { assets: [], findings: [cause.finding] });
    case "failure":
      return rich`${cause.failure.message}`;
    case "text":
      return rich`${cause.text}`;
  }
}
