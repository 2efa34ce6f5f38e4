import type { LaneView } from "../../protocol/timeline-view.ts";
import { usePage } from "../state/use-page.ts";
import { momentOf } from "../time/dates.ts";
import { Chart } from "./chart.tsx";
import { condense } from "./condense.ts";
import { MomentsTable } from "./moments-table.tsx";

const KEY = [
  { tone: "critical", word: "critical" },
  { tone: "warning", word: "warning" },
  { tone: "good", word: "fixed or better" },
  { tone: "person", word: "done by a person" },
] as const;

function LivesTable({ lanes }: { readonly lanes: readonly LaneView[] }) {
  return (
    <table className="tl-table">
      <caption className="pg-hidden">Deployed tokens and what is ahead of them</caption>
      <thead>
        <tr>
          <th scope="col">Watch</th>
          <th scope="col">Tokens</th>
          <th scope="col">Thresholds ahead</th>
        </tr>
      </thead>
      <tbody>
        {lanes.map(({ watch, lives, thresholds }) => (
          <tr key={watch}>
            <th scope="row">{watch}</th>
            <td>
              {lives.map(({ from, to, label }) => (
                <div key={`${label} ${from}`}>
                  {momentOf(from)} – {to === null ? "never ends" : momentOf(to)}
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

/** What was said, and what would be: "what would I have been told, and when?" */
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
        <li>Hollow marks: what would be said if nobody acts. Strokes: thresholds.</li>
      </ul>
      <h3>What would I be told in the next 60 days, if nobody acts?</h3>
      <MomentsTable
        caption="What would be said if nobody acts"
        rows={condense(lanes, ({ foretold }) => foretold)}
        none="Nothing: every token is well, and none of them ends in that time."
      />
      <p className="wd-small">
        Reckoned by the bot’s own rules on what is known now. Every Monday after 9:00 comes the digest, besides.
      </p>
      <details>
        <summary>What was said and done until now</summary>
        <MomentsTable
          caption="What was said and done until now"
          rows={condense(lanes, ({ happened }) => happened).toReversed()}
          none="Nothing yet."
        />
      </details>
      <details>
        <summary>The tokens’ lives as a table</summary>
        <LivesTable lanes={lanes} />
      </details>
    </div>
  );
}
