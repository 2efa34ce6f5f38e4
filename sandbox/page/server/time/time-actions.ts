import type { TimePath } from "../../protocol/requests.ts";
import type { Move } from "../../protocol/time-view.ts";
import { HttpError } from "../http.ts";
import type { RequestHandlers } from "../routes.ts";
import { tickFrom } from "../../../../src/watch/forecast/forecast-watch.ts";
import type { Ticks } from "./next-step.ts";
import type { Threshold } from "./next-threshold.ts";
import type { TimeMachine } from "./time-machine.ts";

export interface TimeParts {
  readonly machine: TimeMachine;
  readonly ticks: Ticks;
  readonly now: () => Date;
  readonly nextThreshold: () => Threshold | undefined;
  /** The reason why people may not change the clock now; undefined when they may. */
  readonly taken: () => string | undefined;
}

/** Handlers for the clock. A journey continues after the answer. */
export function createTimeActions(parts: TimeParts): RequestHandlers<TimePath> {
  const { machine, taken } = parts;
  const free = (): void => {
    const why = taken() ?? (machine.running() === null ? undefined : "Time is already passing. Stop it first.");
    if (why !== undefined) throw new HttpError(409, why);
  };
  return {
    "/api/time/move": async ({ to }) => {
      free();
      void machine.goTo(targetOf(to, parts));
      return done;
    },
    "/api/time/play": async ({ hoursPerSecond }) => {
      free();
      void machine.play(hoursPerSecond);
      return done;
    },
    "/api/time/stop": async () => {
      await machine.stop();
      return done;
    },
  };
}

const HOUR_MS = 3_600_000;
const done = { ok: true, problem: null } as const;

/**
 * The target of a move. For a threshold it is the tick at which the bot reports it. Throws HttpError when there is
 * none.
 */
function targetOf(to: Move, { now, nextThreshold, ticks }: TimeParts): Date {
  const after = (hours: number): Date => new Date(now().getTime() + hours * HOUR_MS);
  switch (to) {
    case "hour":
      return after(1);
    case "day":
      return after(24);
    case "sixty_days":
      return after(60 * 24);
    case "threshold": {
      const next = nextThreshold();
      if (next === undefined) throw new HttpError(409, "No deployed token has an upcoming threshold.");
      return tickFrom(ticks, next.at) ?? next.at;
    }
  }
}
