import { useEffect, useRef, useState } from "react";
import { PanelButtons } from "../layout/panel-slot.tsx";
import { usePage } from "../state/use-page.ts";
import type { TimeView } from "../../protocol/time-view.ts";
import { dayOf, timeOf } from "./dates.ts";
import { Moves } from "./moves.tsx";
import { News } from "./news.tsx";
import { Playing } from "./playing.tsx";

/** The sandbox's clock, which is always visible, and its buttons. */
export function TimeBar() {
  const { stream } = usePage();
  const { time, story } = stream;
  if (time === undefined) return null;
  const taken = story?.playing !== undefined && story.playing !== null && !story.playing.ended;
  return (
    <section className="tm-bar" aria-label="Time machine">
      <p className="tm-now">
        <time dateTime={time.now}>
          <span>{dayOf(time.now).slice(0, -5)}</span>
          <span className="tm-year">{dayOf(time.now).slice(-5)}</span> <b>{timeOf(time.now)}</b>
        </time>{" "}
        <small>UTC</small>
      </p>
      <div className="tm-moves" data-running={time.running !== null}>
        <Moves time={time} disabled={taken} />
        <Playing time={time} disabled={taken} />
      </div>
      <div className="tm-panels">
        <PanelButtons />
      </div>
      <News news={time.news} />
      <Arrival time={time} />
    </section>
  );
}

/** Announced once, when a journey ends. Reading the clock aloud all the time would be useless. */
function Arrival({ time }: { readonly time: TimeView }) {
  const [said, setSaid] = useState("");
  const wasRunning = useRef(false);
  const isRunning = time.running !== null;
  useEffect(() => {
    if (wasRunning.current && !isRunning) setSaid(`It is ${dayOf(time.now)}, ${timeOf(time.now)}.`);
    wasRunning.current = isRunning;
  }, [isRunning, time.now]);
  return (
    <p className="pg-hidden" role="status">
      {said}
    </p>
  );
}
