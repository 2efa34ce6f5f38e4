/** What can be done to a deployed token, and to what it reaches. */
export const TOKEN_VERBS = ["revoke", "expire", "remove_scope", "unassign", "block_sending", "rotate"] as const;
export type TokenVerb = (typeof TOKEN_VERBS)[number];

export const SERVICES = ["graph", "slack"] as const;
export type Service = (typeof SERVICES)[number];

export const FAULTS = ["slow", "limited", "broken", "garbage", "away"] as const;
export type FaultName = (typeof FAULTS)[number];

/** One watched token as it really is, whatever the bot knows of it. */
export interface TokenView {
  readonly watch: string;
  /** What kind of token was deployed at first: "60 days". */
  readonly kind: string;
  /** Name of the channel that hears of it. */
  readonly channel: string;
  readonly owner: string | null;
  readonly consumers: readonly string[];
  readonly standing: "alive" | "expired" | "revoked";
  /** ISO 8601; null: never. */
  readonly endsAt: string | null;
  readonly missingScopes: readonly string[];
  /** False: of another Meta app than the bot's. */
  readonly ownApp: boolean;
  /** Its user may use the WhatsApp account. */
  readonly assigned: boolean;
  readonly sending: "available" | "blocked";
  /** The others would change nothing now. */
  readonly possible: readonly TokenVerb[];
  /** What "Undo" takes back; null: nothing was done. */
  readonly undo: TokenVerb | null;
}

/** The outside world behind the page: tokens, and what ails Meta and Slack. */
export interface WorldView {
  /** Another number after each fresh start: what the page remembers of the world before is void. */
  readonly epoch: number;
  readonly tokens: readonly TokenView[];
  /** The fault that is on; null: all is well. */
  readonly faults: Readonly<Record<Service, FaultName | null>>;
}
