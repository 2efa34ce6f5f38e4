import type { TimeView } from "../../protocol/time-view.ts";
import { dayOf } from "./dates.ts";

/** The progress of a journey in time. */
export function Journey({ running, now }: { readonly running: Running; readonly now: string }) {
  const share = passed(running, now);
  const hours = Math.round((Date.parse(now) - Date.parse(running.from)) / HOUR_MS);
  return (
    <>
      <progress aria-label="Time is passing" {...(share === undefined ? {} : { value: share })} />
      <span className="tm-far">
        {running.to === null ? `${hours} ${hours === 1 ? "hour" : "hours"} passed` : `to ${dayOf(running.to)}`}
      </span>
    </>
  );
}

const HOUR_MS = 3_600_000;

type Running = NonNullable<TimeView["running"]>;

function passed({ from, to }: Running, now: string): number | undefined {
  if (to === null) return undefined;
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return end <= start ? 1 : Math.min(1, (Date.parse(now) - start) / (end - start));
}
