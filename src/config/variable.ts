/** One environment variable, as docs/configuration.md and .env.example show it. */
export interface Variable {
  readonly name: string;
  readonly group: VariableGroup;
  /** The value used when it is not set. */
  readonly default?: string;
  /** The text that the documentation shows instead of a default that is not a literal value. */
  readonly otherwise?: string;
  readonly meaning: string;
  /** The meaning of an empty value. Without this, an empty value counts as not set. */
  readonly emptyMeans?: string;
  /** A secret can also be set as `<name>_FILE`. */
  readonly secret: boolean;
}

type VariableGroup = "Slack" | "Meta" | "Token" | "Watching" | "People" | "Running";
