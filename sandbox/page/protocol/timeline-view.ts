/** Something that was told, or was done about it, or would be told. Times are ISO 8601. */
export interface MomentView {
  readonly at: string;
  readonly tone: "critical" | "warning" | "good" | "person";
  /** Says again what was said before. */
  readonly again: boolean;
  /** Plain words: "Alert opened: expires in 5 days". */
  readonly what: string;
  /** Name of the channel that hears of it; null for what is not told. */
  readonly channel: string | null;
}

/** One token in the place that a watch looks at. */
export interface LifeView {
  readonly from: string;
  /** Null: it never ends. */
  readonly to: string | null;
  readonly label: string;
  /** Ended before its date, or was replaced. */
  readonly cutShort: boolean;
}

/** One watch over time. */
export interface LaneView {
  readonly watch: string;
  /** The last verdict of the bot in one word. */
  readonly state: string;
  readonly lives: readonly LifeView[];
  readonly thresholds: readonly { readonly at: string; readonly text: string }[];
  readonly happened: readonly MomentView[];
  /** If nobody acts, Graph answers and Slack takes it. */
  readonly foretold: readonly MomentView[];
}

export interface TimelineView {
  readonly from: string;
  readonly now: string;
  readonly until: string;
  readonly lanes: readonly LaneView[];
}
