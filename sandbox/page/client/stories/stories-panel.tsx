import { usePage, useStore } from "../state/use-page.ts";
import { useRequest } from "../state/use-request.ts";

/** The list of stories that play on their own. */
export function StoriesPanel() {
  const ask = useRequest();
  const { change } = useStore();
  const { story } = usePage().stream;
  if (story === undefined) return null;
  const { stories, playing } = story;
  const play = (id: string): void => {
    // The story plays in the Slack view, which needs the space.
    change({ panel: undefined });
    void ask("/api/story/play", { id });
  };
  return (
    <div className="wd-panel">
      <p className="wd-small">Each story starts in a fresh world. When it ends, you can continue in that world.</p>
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
