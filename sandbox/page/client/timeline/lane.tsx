import type { LaneView, MomentView } from "../../protocol/timeline-view.ts";
import { momentOf } from "../time/dates.ts";
import type { Scale } from "./scale.ts";

/** One watch: its tokens as bars, thresholds as lines, and past and forecast messages as marks. */
export function Lane({ lane, scale, y, end, right }: LaneProps) {
  const { watch, state, lives, thresholds, happened, foretold } = lane;
  return (
    <g transform={`translate(0 ${y})`}>
      <text className="tl-name" x={scale.x(new Date(scale.startMs).toISOString())} y={11}>
        {watch} <tspan data-state={state}>{state}</tspan>
      </text>
      <g transform={`translate(0 ${NAME_HEIGHT + 8})`}>
        {lives.map(({ from, to, label, cutShort }) => {
          const [x1, x2] = [scale.x(from), scale.x(to ?? end)];
          return (
            <rect
              key={`${label} ${from}`}
              className="tl-life"
              data-cut={cutShort}
              x={x1}
              y={-BAR / 2}
              width={Math.max(2, x2 - x1)}
              height={BAR}
              rx={to === null ? 0 : BAR / 2}
            />
          );
        })}
        {lives.at(-1)?.to === null ? (
          <path className="tl-never" d={`M${right - 1} -7 L${right + 8} 0 L${right - 1} 7Z`} />
        ) : null}
        {thresholds.map(({ at, text }) => (
          <line key={at} className="tl-threshold" x1={scale.x(at)} x2={scale.x(at)} y1={-9} y2={9}>
            <title>{`${momentOf(at)}: ${text}`}</title>
          </line>
        ))}
        {foretold.map((moment) => (
          <Mark key={`${moment.at} ${moment.what}`} moment={moment} x={scale.x(moment.at)} foretold />
        ))}
        {happened.map((moment) => (
          <Mark key={`${moment.at} ${moment.what}`} moment={moment} x={scale.x(moment.at)} foretold={false} />
        ))}
      </g>
    </g>
  );
}

/** Each tone has its own shape, so that colour is not the only difference. */
const SHAPES: Readonly<Record<MomentView["tone"], string>> = {
  critical: "M0 -6 L6 0 L0 6 L-6 0Z",
  warning: "M0 -6 L6 5 L-6 5Z",
  good: "M-5 0 a5 5 0 1 0 10 0 a5 5 0 1 0 -10 0Z",
  person: "M-5 -5 H5 V5 H-5Z",
};

interface MarkProps {
  readonly moment: MomentView;
  readonly x: number;
  readonly foretold: boolean;
}

function Mark({ moment, x, foretold }: MarkProps) {
  const { at, what, tone, again } = moment;
  // Actions of people are above the bar, where messages do not cover them.
  const y = tone === "person" ? -11 : 0;
  return (
    <path
      d={SHAPES[tone]}
      transform={`translate(${x} ${y}) scale(${again ? 0.45 : 1})`}
      className="tl-mark"
      data-tone={tone}
      data-foretold={foretold}
      data-again={again}
    >
      <title>{`${momentOf(at)}: ${what}`}</title>
    </path>
  );
}

interface LaneProps {
  readonly lane: LaneView;
  readonly scale: Scale;
  readonly y: number;
  readonly end: string;
  readonly right: number;
}

const NAME_HEIGHT = 24;
const BAR = 8;
