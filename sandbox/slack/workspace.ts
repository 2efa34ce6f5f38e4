// The Slack workspace of the sandbox: a front server on 127.0.0.1 that looks like Slack to a bot. Chat, users and
// conversations are answered by `emulate`; Socket Mode, response_url, modals, trigger ids, faults and the check of
// Block Kit limits are ours. It may import emulate, ws, undici and node built-ins; nothing of src/.
// To add a Web API method, give it an entry in the table of methods.ts; to add a thing a person can do, see people/.
import type { Clock } from "../clock.ts";
import type { Faults } from "./faults.ts";
import type { JsonObject } from "./json.ts";
import type { Person } from "./people/driver.ts";
import type { Answer, Call, Delivery, DeliveryKind, Rejection, WorkspaceEvent } from "./record.ts";

export type TokenState = "ok" | "invalid_auth" | "token_revoked" | "account_inactive";

export interface Sockets {
  /** Sockets open now. */
  readonly open: () => number;
  /** Sockets opened since the start: 2 after one reconnect. */
  readonly opened: () => number;
  /** Sends a `disconnect` frame; the app is expected to close and connect anew. */
  readonly disconnect: (reason: "warning" | "refresh_requested" | "link_disabled") => void;
  /** Breaks every connection without a close frame. */
  readonly drop: () => void;
}

export interface RawReply {
  readonly status: number;
  readonly body: string;
}

/** Things Slack would never do, or an attacker would: for the tests of bad input. */
export interface Raw {
  /** Posts this body to the request URL, rightly signed unless told otherwise. */
  readonly post: (
    body: string,
    options?: {
      readonly contentType?: string;
      readonly timestampSeconds?: number;
      readonly signature?: string;
      /** Added last; an empty value takes a header away. */
      readonly headers?: Readonly<Record<string, string>>;
    },
  ) => Promise<RawReply>;
  /** Delivers any payload as Slack would (socket or signed HTTP); fields may be missing or strange. */
  readonly deliver: (kind: DeliveryKind, payload: JsonObject) => Promise<Answer>;
  /** The form fields of a slash command by this person, with a fresh trigger_id and response_url, not sent. */
  readonly commandFields: (
    person: Person,
    line: { readonly command: string; readonly text?: string; readonly channel?: string },
  ) => JsonObject;
  /** Sends one frame to the app over every open socket, as is. */
  readonly frame: (text: string) => void;
}

export interface SlackWorkspace {
  /** Ends in `/api/`: goes into SLACK_API_URL. */
  readonly apiUrl: string;
  readonly url: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly appId: string;
  readonly botUserId: string;
  readonly clock: Clock;

  /** Throws when nobody has this name. */
  readonly person: (name: string) => Person;
  readonly people: () => readonly Person[];
  /** The id of a channel by its name; throws when there is none. */
  readonly channelId: (name: string) => string;
  readonly channels: () => readonly { readonly id: string; readonly name: string; readonly shared: boolean }[];
  readonly setChannel: (
    name: string,
    change: { readonly archived?: boolean; readonly botIsMember?: boolean },
  ) => Promise<void>;

  readonly setRequestUrl: (url: string | undefined) => void;
  readonly setTokens: (states: { readonly bot?: TokenState; readonly app?: TokenState }) => void;
  readonly expireTriggers: () => void;

  readonly calls: (method?: string) => readonly Call[];
  readonly rejections: () => readonly Rejection[];
  readonly deliveries: () => readonly Delivery[];
  readonly subscribe: (listener: (event: WorkspaceEvent) => void) => () => void;
  /** Resolves with what `probe` answers as soon as it is not undefined, null or false; asked again at every event. */
  readonly waitFor: <T>(probe: () => T | undefined | null | false, timeoutMs?: number) => Promise<T>;

  readonly faults: Faults;
  readonly sockets: Sockets;
  readonly raw: Raw;

  /** Slack is away: the port refuses connections, sockets and requests under way are cut. */
  readonly goAway: () => Promise<void>;
  /** Back on the same port. */
  readonly comeBack: () => Promise<void>;
  readonly close: () => Promise<void>;
}
