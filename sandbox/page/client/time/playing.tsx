import { useState } from "react";
import { type Speed, SPEEDS, type TimeView } from "../../protocol/time-view.ts";
import { usePress } from "../state/use-press.ts";
import { useRequest } from "../state/use-request.ts";
import { Journey } from "./journey.tsx";

/** One button starts and stops playing time, and stops a journey. Next to it is the speed, or the progress. */
export function Playing({ time, disabled }: PlayingProps) {
  const ask = useRequest();
  const { busy, press } = usePress();
  const [speed, setSpeed] = useState<Speed>(6);
  const { running } = time;
  const startOrStop = (): void => {
    if (disabled) return;
    press(() => (running === null ? ask("/api/time/play", { hoursPerSecond: speed }) : ask("/api/time/stop", {})));
  };
  return (
    <span className="tm-play">
      <button type="button" aria-disabled={disabled || busy} onClick={startOrStop}>
        {wordOf(time)}
      </button>
      {running === null ? (
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
      ) : (
        <Journey running={running} now={time.now} />
      )}
    </span>
  );
}

const SPEED_WORDS: Readonly<Record<Speed, string>> = {
  1: "1 hour per second",
  6: "6 hours per second",
  24: "1 day per second",
};

function wordOf({ running }: TimeView): string {
  if (running === null) return "▶ Play";
  return running.to === null ? "Pause" : "Stop";
}

interface PlayingProps {
  readonly time: TimeView;
  readonly disabled: boolean;
}
