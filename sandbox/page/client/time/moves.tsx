import { useState } from "react";
import { type Speed, SPEEDS, type TimeView } from "../../shared/time-view.ts";
import { useRequest } from "../state/use-request.ts";
import { momentOf } from "./dates.ts";

const SPEED_WORDS: Readonly<Record<Speed, string>> = {
  1: "1 hour a second",
  6: "6 hours a second",
  24: "1 day a second",
};

interface MovesProps {
  readonly time: TimeView;
  readonly disabled: boolean;
}

/** Ways to let time pass. */
export function Moves({ time, disabled }: MovesProps) {
  const ask = useRequest();
  const [speed, setSpeed] = useState<Speed>(6);
  const { nextThreshold } = time;
  const threshold =
    nextThreshold === null
      ? "No deployed token has a threshold ahead"
      : `${nextThreshold.watch}: ${nextThreshold.what}, ${momentOf(nextThreshold.at)}`;
  return (
    <div className="tm-moves">
      <button type="button" disabled={disabled} onClick={() => void ask("/api/time/move", { to: "hour" })}>
        +1 hour
      </button>
      <button type="button" disabled={disabled} onClick={() => void ask("/api/time/move", { to: "day" })}>
        +1 day
      </button>
      <button
        type="button"
        disabled={disabled || nextThreshold === null}
        title={threshold}
        aria-label={`To the next threshold. ${threshold}`}
        onClick={() => void ask("/api/time/move", { to: "threshold" })}
      >
        To the next threshold
      </button>
      <button type="button" disabled={disabled} onClick={() => void ask("/api/time/move", { to: "sixty_days" })}>
        +60 days
      </button>
      <span className="tm-play">
        <button type="button" disabled={disabled} onClick={() => void ask("/api/time/play", { hoursPerSecond: speed })}>
          ▶ Play
        </button>
        <select
          aria-label="Speed"
          value={speed}
          disabled={disabled}
          onChange={({ target }) => setSpeed(SPEEDS.find((one) => one === Number(target.value)) ?? 6)}
        >
          {SPEEDS.map((one) => (
            <option key={one} value={one}>
              {SPEED_WORDS[one]}
            </option>
          ))}
        </select>
      </span>
    </div>
  );
}
