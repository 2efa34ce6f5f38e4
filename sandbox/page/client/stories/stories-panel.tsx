import { usePage, useStore } from "../state/use-page.ts";
import { useRequest } from "../state/use-request.ts";

/** Three stories that play themselves. */
export function StoriesPanel() {
  const ask = useRequest();
  const { change } = useStore();
  const { story } = usePage().stream;
  if (story === undefined) return null;
  const { stories, playing } = story;
  const play = (id: string): void => {
    // The story is told in Slack, which needs the room.
    change({ panel: undefined });
    void ask("/api/story/play", { id });
  };
  return (
    <div className="wd-panel">
      <p className="wd-small">Each begins with a fresh world and leaves the page to you at its end.</p>
      <ul className="st-list">
        {stories.map(({ id, title, summary }) => (
          <li key={id}>
            <h3>{title}</h3>
            <p>{summary}</p>
            <button
              type="button"
              className="pg-button"
              aria-label={`Play: ${title}`}
              disabled={playing?.id === id && !playing.ended}
              onClick={() => play(id)}
            >
              ▶ Play
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
