import type { TimeView } from "../../shared/time-view.ts";
import { useRequest } from "../state/use-request.ts";
import { dayOf } from "./dates.ts";

const HOUR_MS = 3_600_000;

const passed = ({ from, to }: NonNullable<TimeView["running"]>, now: string): number | undefined => {
  if (to === null) return undefined;
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return end <= start ? 1 : Math.min(1, (Date.parse(now) - start) / (end - start));
};

interface JourneyProps {
  readonly time: TimeView;
  readonly disabled: boolean;
}

/** Time passes: how far it is, and the way to stop it. */
export function Journey({ time, disabled }: JourneyProps) {
  const ask = useRequest();
  const { running, now } = time;
  if (running === null) return null;
  const share = passed(running, now);
  const hours = Math.round((Date.parse(now) - Date.parse(running.from)) / HOUR_MS);
  return (
    <div className="tm-journey">
      <progress aria-label="Time passes" {...(share === undefined ? {} : { value: share })} />
      <span className="tm-far">
        {running.to === null ? `${hours} hours since you pressed play` : `to ${dayOf(running.to)}`}
      </span>
      <button type="button" disabled={disabled} onClick={() => void ask("/api/time/stop", {})}>
        {running.to === null ? "Pause" : "Stop"}
      </button>
    </div>
  );
}
