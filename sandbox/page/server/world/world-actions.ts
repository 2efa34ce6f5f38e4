import type { WorldPath } from "../../protocol/requests.ts";
import type { RequestHandlers } from "../routes.ts";
import { HttpError } from "../http.ts";
import type { FaultSwitches } from "./faults.ts";
import type { TokenDesk } from "./token-desk.ts";

export interface WorldActionParts {
  readonly desk: TokenDesk;
  readonly faults: FaultSwitches;
  readonly reset: () => Promise<void>;
  /** The reason why people may not change the world now; undefined when they may. */
  readonly taken: () => string | undefined;
}

/** Handlers for actions on tokens and services. */
export function createWorldActions({ desk, faults, reset, taken }: WorldActionParts): RequestHandlers<WorldPath> {
  const free = (): void => {
    const why = taken();
    if (why !== undefined) throw new HttpError(409, why);
  };
  return {
    "/api/world/token": async ({ watch, verb }) => {
      free();
      desk.act(watch, verb);
      return done;
    },
    "/api/world/undo": async ({ watch }) => {
      free();
      desk.undo(watch);
      return done;
    },
    "/api/world/restart": async ({ watch }) => {
      free();
      desk.restartApp(watch);
      return done;
    },
    "/api/world/fault": async ({ service, fault }) => {
      free();
      await faults.set(service, fault);
      return done;
    },
    "/api/world/reset": async () => {
      free();
      await reset();
      return done;
    },
  };
}

const done = { ok: true, problem: null } as const;
