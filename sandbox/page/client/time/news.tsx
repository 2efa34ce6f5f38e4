import type { TimeView } from "../../protocol/time-view.ts";
import { momentOf } from "./dates.ts";

/** The latest news while time passes. It lies over the page, so that the page does not move, and takes no clicks. */
export function News({ news }: Pick<TimeView, "news">) {
  if (news.length === 0) return null;
  return (
    <ol className="tm-news" aria-label="News while time passes">
      {news.map(({ at, text }) => (
        <li key={`${at} ${text}`}>
          <time dateTime={at}>{momentOf(at)}</time> {text}
        </li>
      ))}
    </ol>
  );
}
