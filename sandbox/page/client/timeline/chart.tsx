import { useEffect, useRef, useState } from "react";
import type { TimelineView } from "../../protocol/timeline-view.ts";
import { markOf, momentOf } from "../time/dates.ts";
import { Lane } from "./lane.tsx";
import { createScale } from "./scale.ts";

/** The lifetime of every token on one scale, with a line for the current time. */
export function Chart({ timeline }: { readonly timeline: TimelineView }) {
  const { box, width } = useWidth();
  const { lanes, from, now, until } = timeline;
  const right = width - MARGIN;
  const height = AXIS_HEIGHT + lanes.length * LANE_HEIGHT;
  const scale = createScale(from, until, MARGIN, right - 8);
  const nowX = scale.x(now);
  return (
    <div ref={box} className="tl-chart">
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Tokens and alerts until ${momentOf(until)}; the tables below contain the same data.`}
      >
        {scale.marks.map(({ ms, x }) => (
          <g key={ms}>
            <line className="tl-week" x1={x} x2={x} y1={20} y2={height} />
            <text className="tl-date" x={x} y={14} textAnchor={x > right - 30 ? "end" : "middle"}>
              {markOf(ms)}
            </text>
          </g>
        ))}
        <rect className="tl-future" x={nowX} y={AXIS_HEIGHT - 6} width={Math.max(0, right - nowX)} height={height} />
        <line className="tl-now" x1={nowX} x2={nowX} y1={AXIS_HEIGHT - 10} y2={height} />
        <text className="tl-now-word" x={nowX} y={AXIS_HEIGHT - 13} textAnchor="middle">
          now
        </text>
        {lanes.map((lane, index) => (
          <Lane
            key={lane.watch}
            lane={lane}
            scale={scale}
            y={AXIS_HEIGHT + index * LANE_HEIGHT}
            end={until}
            right={right - 8}
          />
        ))}
      </svg>
    </div>
  );
}

const LANE_HEIGHT = 50;
const AXIS_HEIGHT = 42;
const MARGIN = 12;

/** Measures the available width for the chart. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { box, width };
}
