import { storeOf } from "./records.ts";
import { App, type AckFn, type Receiver, type ReceiverEvent } from "@slack/bolt";
import type { HomeView, KnownBlock, ModalView } from "@slack/types";
import type { AlertDeps, SlackDeps } from "../../../src/slack/requests/deps.ts";
import { ListenerError } from "../../../src/slack/requests/listener-error.ts";
import { registerListeners } from "../../../src/slack/requests/register.ts";
import type { CheckOutcome } from "../../../src/watch/ports.ts";
import { aCard, aVerdict, NOW, SCOPES } from "../../support/builders.ts";
import { keepLog } from "../../support/keep-log.ts";
import { bookOf } from "../../../src/watch/watch-book.ts";

const HOME = "T0HOME";
export const ANNA = "U0ANNA";

/** What the app did, in order: acknowledgements, calls, answers. */
export interface Deed {
  readonly what:
    | "ack"
    | "open"
    | "push"
    | "update"
    | "publish"
    | "dm"
    | "respond"
    | "check"
    | "wait"
    | "remember"
    | "record"
    | "changed";
  readonly with: unknown;
}

export const aCheckOutcome = (fields: Partial<CheckOutcome> = {}): CheckOutcome => ({
  verdict: aVerdict(),
  watch: "orders-prod",
  against: { requiredScopes: SCOPES, phoneNumberId: undefined, whatsappBusinessAccountId: undefined },
  reusedFrom: null,
  note: null,
  ...fields,
});

const inert: Receiver = {
  init: () => undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

const gone = () => Promise.resolve(undefined);

/** Of a bot that knows no alert. */
export const noAlerts: AlertDeps = {
  find: gone,
  respond: gone,
};

/**
 * The real Bolt app over an in-memory receiver; Slack's side is a list of what reached it.
 * @param answered what a response_url answers
 */
export const createHarness = (
  overrides: Partial<SlackDeps> = {},
  answered: () => Promise<Response> = () => Promise.resolve(new Response("ok")),
) => {
  const deeds: Deed[] = [];
  const errors: unknown[] = [];
  const { log, lines } = keepLog();
  let ids = 0;
  const record =
    (what: Deed["what"]) =>
    (call: unknown): Promise<unknown> => {
      deeds.push({ what, with: call });
      return Promise.resolve({ ok: true, view: { id: `V0${what.toUpperCase()}` } });
    };
  const deps: SlackDeps = {
    now: () => NOW,
    wait: (ms) => {
      deeds.push({ what: "wait", with: ms });
      return Promise.resolve();
    },
    newId: () => {
      ids += 1;
      return ids.toString(16).padStart(8, "0");
    },
    log,
    people: {
      views: { open: record("open"), push: record("push"), update: record("update"), publish: record("publish") },
      chat: { postMessage: record("dm") },
    },
    installation: () => ({ teamId: HOME }),
    allowedUsers: undefined,
    adminUsers: new Set(),
    checker: {
      checkToken: (_secret, watch) => {
        deeds.push({ what: "check", with: { typed: true, watch } });
        return Promise.resolve(aCheckOutcome({ watch: watch ?? null }));
      },
      checkWatch: (watch) => {
        deeds.push({ what: "check", with: { typed: false, watch } });
        return Promise.resolve(aCheckOutcome({ watch }));
      },
    },
    alerts: noAlerts,
    recheck: (watch) => {
      deeds.push({ what: "check", with: watch });
      return Promise.resolve("checked");
    },
    ...storeOf([]),
    history: () => Promise.resolve([]),
    audit: () => Promise.resolve([]),
    record: (entries) => {
      deeds.push({ what: "record", with: entries });
      return Promise.resolve();
    },
    rememberViewer: (user) => {
      deeds.push({ what: "remember", with: user });
      return Promise.resolve();
    },
    viewers: () => Promise.resolve([]),
    changed: () => void deeds.push({ what: "changed", with: undefined }),
    quietUntil: () => null,
    cards: bookOf([{ ...aCard(), sourceNote: null }]),
    guide: () => ({ appName: "" }),
    timezone: "UTC",
    ...overrides,
  };
  const app = new App({
    receiver: inert,
    authorize: () => Promise.resolve({ botToken: "xoxb-sandbox" }),
    convoStore: false,
    clientOptions: {
      fetch: (_url, init) => {
        deeds.push({ what: "respond", with: typeof init?.body === "string" ? JSON.parse(init.body) : init?.body });
        return answered();
      },
    },
  });
  app.error((error) => {
    errors.push(error);
    return Promise.resolve();
  });
  registerListeners(app, deps);

  const send = async (body: Record<string, unknown>): Promise<void> => {
    const ack: AckFn<unknown> = (answer) => {
      deeds.push({ what: "ack", with: answer });
      return Promise.resolve();
    };
    const event: ReceiverEvent = { body, ack };
    await app.processEvent(event);
  };
  const from = { team: { id: HOME }, user: { id: ANNA, team_id: HOME } };

  return {
    deeds,
    errors,
    lines,
    deps,
    send,
    command: (text: string, fields: Record<string, unknown> = {}) =>
      send({
        command: "/wa-token",
        text,
        user_id: ANNA,
        team_id: HOME,
        channel_id: "C0ANY",
        trigger_id: "1.trigger",
        response_url: "https://hooks.invalid/commands/1",
        ...fields,
      }),
    /** A button in an answer, or with `view` in a modal. */
    press: (actionId: string, fields: Record<string, unknown> = {}, action: Record<string, unknown> = {}) =>
      send({
        type: "block_actions",
        ...from,
        trigger_id: "2.trigger",
        response_url: "https://hooks.invalid/actions/1",
        actions: [{ type: "button", action_id: actionId, block_id: "b1", ...action }],
        ...fields,
      }),
    /** The same in the Home, which has no response_url. */
    pressAtHome: (actionId: string, action: Record<string, unknown> = {}, fields: Record<string, unknown> = {}) =>
      send({
        type: "block_actions",
        ...from,
        trigger_id: "2.trigger",
        container: { type: "view", view_id: "V0HOME" },
        view: { id: "V0HOME", type: "home", team_id: HOME, app_installed_team_id: HOME },
        actions: [{ type: "button", action_id: actionId, block_id: "b1", ...action }],
        ...fields,
      }),
    /** The shortcut in the menu of a message, as Slack sends it (shortcuts payloads, docs.slack.dev, read 2026-11). */
    shortcut: (message: unknown, fields: Record<string, unknown> = {}) =>
      send({
        type: "message_action",
        callback_id: "leak.check",
        ...from,
        channel: { id: "C0ANY", name: "general" },
        action_ts: "1.1",
        message_ts: "1.0",
        message,
        trigger_id: "3.trigger",
        response_url: "https://hooks.invalid/app/1",
        ...fields,
      }),
    openHome: (event: Record<string, unknown> = {}, fields: Record<string, unknown> = {}) =>
      send({
        type: "event_callback",
        team_id: HOME,
        event: { type: "app_home_opened", user: ANNA, channel: "D0ANNA", tab: "home", event_ts: "1.1", ...event },
        event_id: "Ev0",
        event_time: 1,
        authorizations: [{ team_id: HOME, user_id: "U0BOT", is_bot: true, is_enterprise_install: false }],
        ...fields,
      }),
    submit: (values: Record<string, string | undefined>, fields: Record<string, unknown> = {}) =>
      send({
        type: "view_submission",
        ...from,
        view: {
          id: "V1",
          callback_id: "check.form",
          team_id: HOME,
          state: {
            values: Object.fromEntries(
              Object.entries(values).map(([id, value]) => [
                id,
                { [id]: id.startsWith("check.watch.") ? { selected_option: value && { value } } : { value } },
              ]),
            ),
          },
        },
        ...fields,
      }),
  };
};

export type Harness = ReturnType<typeof createHarness>;

/** The ids that people were given, as app.error got them. */
export const errorIds = (harness: Harness): readonly string[] =>
  harness.errors.map((error) => (error instanceof ListenerError ? error.id : "not a ListenerError"));

interface Shown {
  readonly text?: string;
  readonly blocks?: readonly KnownBlock[];
  readonly view?: ModalView | HomeView;
  readonly [field: string]: unknown;
}

/** What was sent in the only deed of this kind. */
export const only = ({ deeds }: Pick<Harness, "deeds">, what: Deed["what"]): Shown => {
  const [deed, ...more] = deeds.filter((one) => one.what === what);
  if (deed === undefined || more.length > 0)
    throw new Error(`expected one ${what}, saw: ${deeds.map((one) => one.what).join(", ")}`);
  return (deed.with ?? {}) as Shown;
};

export const whats = ({ deeds }: Pick<Harness, "deeds">): string => deeds.map(({ what }) => what).join(" ");

/** Everything that is written in blocks or views, one string. */
export const written = (value: unknown): string => JSON.stringify(value);
