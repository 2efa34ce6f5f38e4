import { momentOf } from "../time/dates.ts";
import type { Row } from "./condense.ts";

/** The content of the chart as text. */
export function MomentsTable({ caption, rows, none }: MomentsTableProps) {
  if (rows.length === 0) return <p className="wd-small">{none}</p>;
  return (
    <table className="tl-table">
      <caption className="pg-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">When (UTC)</th>
          <th scope="col">Token</th>
          <th scope="col">Event</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, watch, what, tone, channel, times, last }) => (
          <tr key={`${at} ${watch} ${what}`}>
            <td>{momentOf(at)}</td>
            <th scope="row">{watch}</th>
            <td>
              <span className="tl-dot" data-tone={tone} /> {what}
              {times === 1 ? null : `; ${times} times until ${momentOf(last)}`}
              {channel === null ? null : <small> #{channel}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface MomentsTableProps {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly none: string;
}
