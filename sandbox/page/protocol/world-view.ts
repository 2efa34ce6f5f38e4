/** Actions on a deployed token and on the objects that it can reach. */
export const TOKEN_VERBS = ["revoke", "expire", "remove_scope", "unassign", "block_sending", "rotate"] as const;
export type TokenVerb = (typeof TOKEN_VERBS)[number];

export const SERVICES = ["graph", "slack"] as const;
export type Service = (typeof SERVICES)[number];

export const FAULTS = ["slow", "limited", "broken", "garbage", "away"] as const;
export type FaultName = (typeof FAULTS)[number];

/** The bot's words for the state of a token, without those for tokens that it could not check. */
export type TokenState = "healthy" | "expiring" | "degraded" | "expired" | "revoked";

type TokenStanding = "alive" | "expired" | "revoked";

/** The app that uses a watched token. */
export interface AppView {
  /** ISO 8601. */
  readonly startedAt: string;
  /** The last eight characters of the token that it uses. */
  readonly tail: string;
  /** False: another token is deployed since its start. */
  readonly current: boolean;
  /** Of the token that it uses. */
  readonly standing: TokenStanding;
}

/** The real state of a watched token, regardless of what the bot knows. */
export interface TokenView {
  readonly watch: string;
  /** Kind of the token that was deployed first, e.g. "60 days". */
  readonly kind: string;
  /** Name of the channel that receives the alerts. */
  readonly channel: string;
  readonly owner: string | null;
  readonly consumers: readonly string[];
  /** The state that the bot reports after its next check, if Meta answers. */
  readonly state: TokenState;
  readonly standing: TokenStanding;
  /** ISO 8601; null: the token never expires. */
  readonly endsAt: string | null;
  readonly missingScopes: readonly string[];
  /** False: the token belongs to a Meta app other than the bot's. */
  readonly ownApp: boolean;
  /** The token's user is assigned to the WhatsApp account. */
  readonly assigned: boolean;
  readonly sending: "available" | "blocked";
  /** The verbs that would change something now. */
  readonly possible: readonly TokenVerb[];
  /** The verb that "Undo" reverts; null when there is none. */
  readonly undo: TokenVerb | null;
  /** Null: no app of this world uses the token. */
  readonly app: AppView | null;
}

/** The outside world behind the page: tokens, and the faults of Meta and Slack. */
export interface WorldView {
  /** A new number after each reset. The page then discards what it remembers of the earlier world. */
  readonly epoch: number;
  readonly tokens: readonly TokenView[];
  /** The active fault of each service; null when there is none. */
  readonly faults: Readonly<Record<Service, FaultName | null>>;
}
