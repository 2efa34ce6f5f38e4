/** The part of a watch that an alert shows. It is stored with the alert, because an alert can outlive its watch. */
export interface WatchSnapshot {
  readonly name: string;
  readonly channel: string;
  readonly owner: string | undefined;
  readonly oncall: string | undefined;
  readonly consumers: readonly string[];
  readonly source: string;
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
  /** The Meta app whose secret is used to check its token; undefined when there is none. */
  readonly appId: string | undefined;
}
