import type { TimelineView } from "../../protocol/timeline-view.ts";
import { createSignal, type Signal } from "../signal.ts";
import type { World } from "../../../world.ts";
import type { Ticks } from "../time/next-step.ts";
import type { TimeMachine } from "../time/time-machine.ts";
import type { TokenDesk } from "../world/token-desk.ts";
import type { Journal } from "./journal.ts";
import { laneView } from "./lane.ts";

export interface TimelineParts {
  readonly world: World;
  readonly desk: TokenDesk;
  readonly journal: Journal;
  readonly machine: TimeMachine;
  readonly ticks: Ticks;
}

/** The content of the timeline. It is computed some time after a change, because reading the store takes a while. */
export interface Timeline extends Pick<Signal, "onChange"> {
  readonly view: () => TimelineView;
  /** Computes the content at once. */
  readonly refresh: () => Promise<void>;
  readonly close: () => void;
}

export function createTimeline(parts: TimelineParts): Timeline {
  const { world, desk, journal, machine } = parts;
  const { onChange, emit } = createSignal();
  const from = world.clock.now();
  const start = from.toISOString();
  let view: TimelineView = { from: start, now: start, until: start, lanes: [] };
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const refresh = async (): Promise<void> => {
    const next = await computeView(parts, from);
    if (closed) return;
    view = next;
    emit();
  };
  const again = (): void => {
    timer = undefined;
    refresh().catch((error: unknown) => {
      // The store of a closing world is gone, and people no longer see its timeline.
      if (!closed) throw error;
    });
  };
  let waitMs = Infinity;
  const later = (): void => {
    const wishedMs = machine.running() === null ? GATHER_MS : FLYING_MS;
    // The journey has ended, so the pending update no longer needs its long delay.
    if (timer !== undefined && waitMs <= wishedMs) return;
    clearTimeout(timer);
    waitMs = wishedMs;
    timer = setTimeout(again, wishedMs);
  };
  const forgets = [world.clock, desk, journal, machine].map((source) => source.onChange(later));
  return {
    onChange,
    view: () => view,
    refresh,
    close: () => {
      closed = true;
      clearTimeout(timer);
      for (const forget of forgets) forget();
    },
  };
}

const DAYS_AHEAD = 60;
const DAY_MS = 86_400_000;
const MOST_HISTORY = 2_000;

/** Changes arrive in bursts. A journey in time is one burst. */
const GATHER_MS = 150;
const FLYING_MS = 3_000;

async function computeView({ world, desk, journal, ticks }: TimelineParts, from: Date): Promise<TimelineView> {
  const now = world.clock.now();
  const until = new Date(now.getTime() + DAYS_AHEAD * DAY_MS);
  const records = await journal.store.list();
  const history = await journal.store.history({ limit: MOST_HISTORY });
  const said = journal.said();
  const lanes = await Promise.all(
    world.config.watches.map((watch) => {
      const { name } = watch;
      return laneView({
        world,
        desk,
        ticks,
        watch,
        until,
        record: records.find((record) => record.name === name),
        history: history.filter((entry) => entry.watch === name),
        said: said.filter((word) => word.watch === name),
      });
    }),
  );
  return { from: from.toISOString(), now: now.toISOString(), until: until.toISOString(), lanes };
}
