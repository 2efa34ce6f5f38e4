// The Slack workspace of the sandbox: a front server on 127.0.0.1 that imitates Slack. `emulate` answers chat, users
// and conversations; Socket Mode, response_url, modals, trigger ids, faults and the check of Block Kit limits are ours.
// It may import emulate, ws, undici and node built-ins; nothing of src/. To add a Web API method, add it to chat.ts or
// views/methods.ts; to add an action of a person, see people/.
import { Agent } from "undici";
import type { Clock } from "../clock.ts";
import { createApi, sentParts } from "./api.ts";
import { createAuth } from "./auth.ts";
import type { TokenState } from "./auth.ts";
import { APP, openBackend } from "./backend.ts";
import { chatMethods } from "./chat.ts";
import { createDeliver } from "./deliver.ts";
import { createFaults } from "./faults.ts";
import type { Faults } from "./faults.ts";
import { identityMethods } from "./identity.ts";
import type { JsonObject } from "./json.ts";
import { createMessages } from "./messages.ts";
import { channelsOf, DEFAULT_PEOPLE, DEFAULT_SCOPES } from "./options.ts";
import type { WorkspaceOptions } from "./options.ts";
import { prepareCommand } from "./people/commands.ts";
import type { CommandLine, Person } from "./people/driver.ts";
import { createPerson } from "./people/person.ts";
import type { Session } from "./people/session.ts";
import { changeChannel, populate } from "./populate.ts";
import { postRaw } from "./raw.ts";
import type { RawPostOptions, RawReply } from "./raw.ts";
import { createRecord } from "./record.ts";
import type { Answer, Call, Delivery, DeliveryKind, Rejection, WorkspaceEvent } from "./record.ts";
import { createRefuse } from "./refusal.ts";
import { performUnder } from "./reply.ts";
import { createResponseUrls } from "./response-url.ts";
import { openFront } from "./server.ts";
import type { FrontHandlers } from "./server.ts";
import { createSocketLink } from "./socket.ts";
import { createTimestamps } from "./timestamps.ts";
import { createTriggers } from "./triggers.ts";
import { viewMethods } from "./views/methods.ts";
import { createViewStore } from "./views/store.ts";

export interface SlackWorkspace {
  /** Ends in `/api/`. This is the value for SLACK_API_URL. */
  readonly apiUrl: string;
  readonly url: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly appId: string;
  readonly botUserId: string;
  readonly clock: Clock;

  /** Throws when no person has this name. */
  readonly person: (name: string) => Person;
  readonly people: () => readonly Person[];
  /** The id of the channel with this name; throws when there is none. */
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
  /**
   * Resolves with the result of `probe` as soon as it is not undefined, null or false; calls `probe` again at every
   * event.
   */
  readonly waitFor: <T>(probe: () => T | undefined | null | false, timeoutMs?: number) => Promise<T>;

  readonly faults: Faults;
  readonly sockets: Sockets;
  readonly raw: Raw;

  /** Makes Slack unreachable: the port refuses connections, and open sockets and requests are cut. */
  readonly goAway: () => Promise<void>;
  /** Makes Slack reachable again on the same port. */
  readonly comeBack: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a workspace on a free port of 127.0.0.1. Close it when done. */
export async function openSlackWorkspace(options: WorkspaceOptions): Promise<SlackWorkspace> {
  const { clock } = options;
  // If the start fails half-way, everything opened so far is closed again.
  await using opening = new AsyncDisposableStack();
  const scopes = options.scopes ?? DEFAULT_SCOPES;
  let handlers: FrontHandlers | undefined;
  const front = await openFront(options.port ?? 0, () => {
    if (handlers === undefined) throw new Error("The sandbox is still starting.");
    return handlers;
  });
  const url = `http://127.0.0.1:${front.port}`;
  const publicUrl = options.publicUrl ?? url;
  const dispatcher = new Agent();
  opening.defer(() => dispatcher.destroy());
  const people = options.people ?? DEFAULT_PEOPLE;
  const rooms = channelsOf(options);
  const timestamps = createTimestamps(clock);
  const backend = await openBackend({ dispatcher, people, channels: rooms, scopes, timestamps });
  opening.defer(backend.close);
  opening.defer(front.stop);
  const directory = await populate(backend, people, rooms);

  const record = createRecord();
  const seen = (): void => record.add({ type: "seen" });
  const refuse = createRefuse(record, clock);
  const messages = createMessages(seen);
  const views = createViewStore(directory, seen);
  const triggers = createTriggers(options.triggerLifeMs ?? 3000);
  const faults = createFaults();
  const auth = createAuth();
  const link = createSocketLink(publicUrl, (open) => record.add({ type: "socket", open }));
  const responseUrls = createResponseUrls({ clock, timestamps, backend, botUserId: APP.botUserId, messages, refuse });
  let requestUrl = options.requestUrl;
  const deliver = createDeliver({
    link,
    requestUrl: () => requestUrl,
    dispatcher,
    ackWithinMs: options.ackWithinMs ?? 3000,
    record,
    clock,
  });
  const chat = chatMethods({ backend, directory, messages, scopes, refuse, url });
  const methods = {
    ...chat,
    ...identityMethods({ backend }, chat["chat.postMessage"]),
    ...viewMethods({ views, triggers, directory, refuse }),
    "apps.connections.open": link.connectionsOpen,
  };
  handlers = {
    api: createApi({ auth, faults, methods, backend, directory, scopes, record, clock }),
    respond: async (path, args) => {
      const at = clock.now();
      const fault = faults.take("response_url", undefined);
      const sending = await performUnder(fault, () => responseUrls.respond(path, args));
      const call = {
        at,
        method: "response_url",
        token: "none" as const,
        args,
        ...sentParts(sending),
        fault: fault?.kind,
      };
      record.add({ type: "call", call });
      return sending;
    },
    upgrade: link.upgrade,
  };

  const parts = { url: publicUrl, clock, directory, views, messages, triggers, responseUrls, deliver, refuse, record };
  const sessions = directory.people.map((who): Session => ({ ...parts, who, notices: [] }));
  const persons = sessions.map(createPerson);
  const named = <T>(kind: string, name: string, found: T | undefined): T => {
    if (found === undefined) throw new Error(`The sandbox has no ${kind} named ${name}.`);
    return found;
  };

  const opened = opening.move();
  return {
    apiUrl: `${url}/api/`,
    url,
    botToken: APP.botToken,
    appToken: APP.appToken,
    signingSecret: APP.signingSecret,
    teamId: directory.teamId,
    appId: directory.appId,
    botUserId: directory.botUserId,
    clock,
    person: (name) =>
      named(
        "person",
        name,
        persons.find((person) => person.name === name),
      ),
    people: () => persons,
    channelId: (name) => named("channel", name, directory.findChannel(name)).id,
    channels: () => directory.channels,
    setChannel: async (name, change) => {
      const channel = named("channel", name, directory.findChannel(name));
      await changeChannel(backend, channel, change);
    },
    setRequestUrl: (changed) => {
      requestUrl = changed;
    },
    setTokens: auth.set,
    expireTriggers: triggers.expireAll,
    calls: (method) => record.calls().filter((call) => method === undefined || call.method === method),
    rejections: record.rejections,
    deliveries: record.deliveries,
    subscribe: record.subscribe,
    waitFor: record.waitFor,
    faults,
    sockets: { open: link.open, opened: link.opened, disconnect: link.disconnect, drop: link.drop },
    raw: {
      post: (body, how) => postRaw(requestUrl, dispatcher, body, how),
      deliver,
      commandFields: (person, line) => {
        const session = named(
          "person",
          person.name,
          sessions.find((candidate) => candidate.who.id === person.id),
        );
        return prepareCommand(session, line).fields;
      },
      frame: link.frame,
    },
    goAway: async () => {
      link.drop();
      await front.stop();
    },
    comeBack: front.restart,
    close: async () => {
      link.drop();
      await opened.disposeAsync();
    },
  };
}

interface Sockets {
  /** Sockets open now. */
  readonly open: () => number;
  /** Sockets opened since the start; 2 after one reconnect. */
  readonly opened: () => number;
  /** Sends a `disconnect` frame, after which the app should close the socket and connect again. */
  readonly disconnect: (reason: "warning" | "refresh_requested" | "link_disabled") => void;
  /** Breaks every connection without a close frame. */
  readonly drop: () => void;
}

/** Requests that Slack would never send but an attacker might. Used to test bad input. */
interface Raw {
  /** Posts this body to the request URL, with a valid signature unless the options say otherwise. */
  readonly post: (body: string, options?: RawPostOptions) => Promise<RawReply>;
  /**
   * Delivers any payload as Slack would (socket or signed HTTP); fields may be missing or wrong. For a replay, pass the
   * `kind` and `payload` of one of `deliveries()`.
   */
  readonly deliver: (kind: DeliveryKind, payload: JsonObject) => Promise<Answer>;
  /** The form fields of a slash command by this person, with a new trigger_id and response_url. Nothing is sent. */
  readonly commandFields: (person: Person, line: CommandLine) => JsonObject;
  /** Sends one frame unchanged to the app over every open socket. */
  readonly frame: (text: string) => void;
}
