import type { LaneView } from "../../protocol/timeline-view.ts";
import { usePage } from "../state/use-page.ts";
import { momentOf } from "../time/dates.ts";
import { Chart } from "./chart.tsx";
import { condense } from "./condense.ts";
import { MomentsTable } from "./moments-table.tsx";

/** Past messages and the forecast: which messages would the bot send, and when? */
export function TimelinePanel() {
  const { timeline } = usePage().stream;
  if (timeline === undefined) return null;
  const { lanes } = timeline;
  return (
    <div className="wd-panel tl-panel">
      <Chart timeline={timeline} />
      <ul className="tl-key">
        {KEY.map(({ tone, word }) => (
          <li key={tone}>
            <span className="tl-dot" data-tone={tone} /> {word}
          </li>
        ))}
        <li>Hollow marks: messages that the bot will send if nobody acts. Vertical lines: thresholds.</li>
      </ul>
      <h3>Messages in the next 60 days if nobody acts</h3>
      <MomentsTable
        caption="Messages if nobody acts"
        rows={condense(lanes, ({ foretold }) => foretold)}
        none="None: every token works, and no token expires in that time."
      />
      <p className="wd-small">
        Forecast based on current data. It leaves out the weekly digest, which comes every Monday after 9:00.
      </p>
      <details>
        <summary>Messages and actions so far</summary>
        <MomentsTable
          caption="Messages and actions so far"
          rows={condense(lanes, ({ happened }) => happened).toReversed()}
          none="Nothing yet."
        />
      </details>
      <details>
        <summary>Token lifetimes as a table</summary>
        <LivesTable lanes={lanes} />
      </details>
    </div>
  );
}

const KEY = [
  { tone: "critical", word: "critical" },
  { tone: "warning", word: "warning" },
  { tone: "good", word: "fixed or better" },
  { tone: "person", word: "action by a person" },
] as const;

function LivesTable({ lanes }: { readonly lanes: readonly LaneView[] }) {
  return (
    <table className="tl-table">
      <caption className="pg-hidden">Deployed tokens and their upcoming thresholds</caption>
      <thead>
        <tr>
          <th scope="col">Watch</th>
          <th scope="col">Tokens</th>
          <th scope="col">Upcoming thresholds</th>
        </tr>
      </thead>
      <tbody>
        {lanes.map(({ watch, lives, thresholds }) => (
          <tr key={watch}>
            <th scope="row">{watch}</th>
            <td>
              {lives.map(({ from, to, label }) => (
                <div key={`${label} ${from}`}>
                  {momentOf(from)} – {to === null ? "never expires" : momentOf(to)}
                </div>
              ))}
            </td>
            <td>
              {thresholds.length === 0
                ? "none"
                : thresholds.map(({ at, text }) => (
                    <div key={at}>
                      {momentOf(at)}: {text}
                    </div>
                  ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
