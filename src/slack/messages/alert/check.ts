import type { SlackDeps } from "../../requests/deps.ts";
import type { ActionRequest } from "../../requests/request.ts";
import { createCheckAll } from "./check-all.ts";
import { checkNow } from "./check-now.ts";
import type { TakeWatchTurn } from "./check-pause.ts";
import { readTarget } from "./target.ts";

/** Handles "Check now" below an alert and "Check all now" below a message about many alerts. */
export function createCheckNow(takeTurn: TakeWatchTurn): (request: ActionRequest, deps: SlackDeps) => Promise<void> {
  const checkAll = createCheckAll(takeTurn);
  return (request, deps) =>
    readTarget(request.value ?? "").target.kind === "alert"
      ? checkNow(request, deps, takeTurn)
      : checkAll(request, deps);
}
