import { type Move, MOVES, type TimeView } from "../../protocol/time-view.ts";
import { usePress } from "../state/use-press.ts";
import { useRequest } from "../state/use-request.ts";
import { momentOf } from "./dates.ts";

/**
 * Buttons that move the clock. They stay enabled for the browser while time passes, so that a pressed button keeps the
 * focus.
 */
export function Moves({ time, disabled }: MovesProps) {
  const ask = useRequest();
  const { busy, press } = usePress();
  const ahead = thresholdWords(time);
  return MOVES.map((to) => {
    const idle = disabled || busy || time.running !== null || (to === "threshold" && time.nextThreshold === null);
    return (
      <button
        key={to}
        type="button"
        aria-disabled={idle}
        {...(to === "threshold" ? { title: ahead, "aria-label": `${WORDS[to]}. ${ahead}` } : {})}
        onClick={() => {
          if (!idle) press(() => ask("/api/time/move", { to }));
        }}
      >
        {WORDS[to]}
      </button>
    );
  });
}

const WORDS: Readonly<Record<Move, string>> = {
  hour: "+1 hour",
  day: "+1 day",
  threshold: "To the next threshold",
  sixty_days: "+60 days",
};

function thresholdWords({ nextThreshold: next }: TimeView): string {
  return next === null
    ? "No deployed token has an upcoming threshold"
    : `${next.watch}: ${next.what}, ${momentOf(next.at)}`;
}

interface MovesProps {
  readonly time: TimeView;
  /** A story controls the clock. */
  readonly disabled: boolean;
}
