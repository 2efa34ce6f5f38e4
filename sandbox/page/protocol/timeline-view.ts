/** A message of the bot, an action of a person, or a message that the bot would send. Times are ISO 8601. */
export interface MomentView {
  readonly at: string;
  readonly tone: "critical" | "warning" | "good" | "person";
  /** A reminder that repeats an earlier message. */
  readonly again: boolean;
  /** Plain words: "Alert opened: expires in 5 days". */
  readonly what: string;
  /** Name of the channel that receives the message; null when there is no message. */
  readonly channel: string | null;
}

/** One token that was deployed for a watch. */
export interface LifeView {
  readonly from: string;
  /** Null: the token never expires. */
  readonly to: string | null;
  readonly label: string;
  /** The token was revoked before its expiry date, or replaced. */
  readonly cutShort: boolean;
}

/** One watch over time. */
export interface LaneView {
  readonly watch: string;
  /** The bot's last verdict, as one word. */
  readonly state: string;
  readonly lives: readonly LifeView[];
  readonly thresholds: readonly { readonly at: string; readonly text: string }[];
  readonly happened: readonly MomentView[];
  /** Messages that the bot will send if nobody acts, Graph answers and Slack accepts them. */
  readonly foretold: readonly MomentView[];
}

export interface TimelineView {
  readonly from: string;
  readonly now: string;
  readonly until: string;
  readonly lanes: readonly LaneView[];
}
