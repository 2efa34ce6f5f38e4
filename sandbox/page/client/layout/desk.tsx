import { StoryBar } from "../stories/story-bar.tsx";
import { TimeBar } from "../time/time-bar.tsx";
import { useFreshWorld } from "../world/use-fresh-world.ts";

/** The bar at the bottom: the caption of a story, and the time. */
export function Desk() {
  useFreshWorld();
  return (
    <footer className="pg-desk" aria-label="Playground">
      <StoryBar />
      <TimeBar />
    </footer>
  );
}
