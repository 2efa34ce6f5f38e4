import type { Clock } from "../clock.ts";

export interface PersonOptions {
  readonly name: string;
  readonly realName?: string;
  /**
   * A member of another organisation, connected through Slack Connect: sees only shared channels and cannot run the
   * command.
   */
  readonly outsider?: boolean;
}

export interface ChannelOptions {
  readonly name: string;
  readonly kind?: "public" | "private" | "archived";
  /**
   * True by default. If the bot is not a member, a private channel answers `channel_not_found`, a public one
   * `not_in_channel`.
   */
  readonly botIsMember?: boolean;
  /** Shared with the outsiders' organisation. */
  readonly shared?: boolean;
}

export interface WorkspaceOptions {
  readonly clock: Clock;
  /**
   * Address for payloads when no socket is connected, e.g. `http://127.0.0.1:3000/slack/events`. It can be set later.
   */
  readonly requestUrl?: string;
  /** The address of this workspace that the app receives when it connects through a proxy, without a final slash. */
  readonly publicUrl?: string;
  /** Port of the front server; 0 (a free one) by default. */
  readonly port?: number;
  readonly people?: readonly PersonOptions[];
  readonly channels?: readonly ChannelOptions[];
  /** Scopes of the bot token: reported in `x-oauth-scopes` and enforced. */
  readonly scopes?: readonly string[];
  /** How long Slack waits for an acknowledgement: 3000 ms by default, as in real Slack. */
  readonly ackWithinMs?: number;
  /** How long a trigger_id is valid: 3000 ms by default, as in real Slack. */
  readonly triggerLifeMs?: number;
}

export const DEFAULT_PEOPLE: readonly PersonOptions[] = [
  { name: "robin", realName: "Robin Operator" },
  { name: "sam", realName: "Sam Colleague" },
  { name: "guest", realName: "Guest of Partner Org", outsider: true },
];

export const DEFAULT_SCOPES: readonly string[] = ["commands", "chat:write"];

/** The channels to create; #general always exists. */
export function channelsOf(options: WorkspaceOptions): readonly ChannelOptions[] {
  const wanted = options.channels ?? DEFAULT_CHANNELS;
  return wanted.some((channel) => channel.name === "general") ? wanted : [{ name: "general" }, ...wanted];
}

const DEFAULT_CHANNELS: readonly ChannelOptions[] = [
  { name: "general", shared: true },
  { name: "wa-alerts" },
  { name: "ops-private", kind: "private", botIsMember: false },
  { name: "old-alerts", kind: "archived" },
];
