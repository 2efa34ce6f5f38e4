import type { ComponentType } from "react";
import { StoriesPanel } from "../stories/stories-panel.tsx";
import { TimelinePanel } from "../timeline/timeline-panel.tsx";
import { WorldPanel } from "../world/world-panel.tsx";

/** Something that stands beside Slack: the world, its clock, a story. It reads the page's state with usePage. */
export interface Panel {
  /** Also the last part of its address in the page's state. */
  readonly id: string;
  /** Heading of the panel, and the label of its button in the top bar. */
  readonly title: string;
  readonly Component: ComponentType;
}

/** The panels in the order of their buttons. One at a time is open. */
export const PANELS: readonly Panel[] = [
  { id: "world", title: "World", Component: WorldPanel },
  { id: "timeline", title: "Timeline", Component: TimelinePanel },
  { id: "stories", title: "Stories", Component: StoriesPanel },
];
