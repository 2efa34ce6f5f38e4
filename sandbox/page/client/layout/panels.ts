import type { ComponentType } from "react";
import { StoriesPanel } from "../stories/stories-panel.tsx";
import { TimelinePanel } from "../timeline/timeline-panel.tsx";
import { WorldPanel } from "../world/world-panel.tsx";

/** A panel next to Slack: the world, the timeline or the stories. It reads the page's state with usePage. */
export interface Panel {
  /** Identifies the panel in the page's state. */
  readonly id: string;
  /** Heading of the panel, and the label of its button in the top bar. */
  readonly title: string;
  readonly Component: ComponentType;
}

/** The panels in the order of their buttons. At most one is open. */
export const PANELS: readonly Panel[] = [
  { id: "world", title: "World", Component: WorldPanel },
  { id: "timeline", title: "Timeline", Component: TimelinePanel },
  { id: "stories", title: "Stories", Component: StoriesPanel },
];
