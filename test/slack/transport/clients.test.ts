import { App, type Receiver } from "@slack/bolt";
import { WebAPIHTTPError, WebAPIRateLimitedError, WebAPIRequestError, type WebClient } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import {
  createAlertClient,
  createPeopleClient,
  DEADLINES,
  listenerOptions,
  type SlackApi,
  socketOptions,
} from "../../../src/slack/transport/clients.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { keepLog } from "../../support/keep-log.ts";
import { openLocalSlack, type LocalSlack } from "../support/local-slack.ts";

const QUICK = { peopleMs: 40, alertsMs: 60, respondMs: 500 };

const apiOf = ({ apiUrl }: Pick<LocalSlack, "apiUrl">, deadlines = DEADLINES): SlackApi => ({
  apiUrl,
  log: keepLog().log,
  fetch,
  deadlines,
});

const CLIENTS: readonly (readonly [string, (api: SlackApi, token?: string) => WebClient])[] = [
  ["for people", (api, token = "xoxb-sandbox") => createPeopleClient({ ...api, botToken: new Secret(token) })],
  ["for alerts", (api, token = "xoxb-sandbox") => createAlertClient({ ...api, botToken: new Secret(token) })],
];

describe("deadlines", () => {
  it("are two seconds for people, five for an answer and ten for alerts", () => {
    expect(DEADLINES).toEqual({ peopleMs: 2_000, respondMs: 5_000, alertsMs: 10_000 });
    const { log } = keepLog();
    expect(listenerOptions({ apiUrl: undefined, log, fetch }).timeout).toBe(2_000);
    expect(socketOptions({ apiUrl: undefined, log, fetch }).timeout).toBe(10_000);
  });
});

describe.each(CLIENTS)("the client %s", (_name, create) => {
  it("sends its own token to the API it was given", async () => {
    const slack = await openLocalSlack(() => ({}));
    await create(apiOf(slack)).auth.test();
    expect(slack.requests).toMatchObject([{ method: "auth.test", authorization: "Bearer xoxb-sandbox" }]);
  });

  it.each([
    ["HTTP 503", () => ({ status: 503, body: "down" }) as const, WebAPIHTTPError],
    ["a broken connection", () => "reset" as const, WebAPIRequestError],
    ["a rate limit", () => ({ status: 429, headers: { "retry-after": "30" } }) as const, WebAPIRateLimitedError],
  ])("does not try again after %s", async (_case, answer, kind) => {
    const slack = await openLocalSlack(answer);
    await expect(create(apiOf(slack)).auth.test()).rejects.toBeInstanceOf(kind);
    expect(slack.requests).toHaveLength(1);
  });

  it("reports at once how long Slack asks to wait", async () => {
    const slack = await openLocalSlack(() => ({ status: 429, headers: { "retry-after": "30" } }));
    await expect(create(apiOf(slack)).auth.test()).rejects.toMatchObject({ retryAfter: 30 });
  });

  it.each(["hang", "stall"] as const)("gives up a server that would %s", async (how) => {
    const slack = await openLocalSlack(() => how);
    await expect(create(apiOf(slack, QUICK)).auth.test()).rejects.toThrow(/timeout/);
    expect(slack.requests).toHaveLength(1);
  });

  it("follows no redirect and no absolute address: the token goes to Slack only", async () => {
    const elsewhere = await openLocalSlack(() => ({}));
    const slack = await openLocalSlack(() => ({ status: 302, headers: { location: `${elsewhere.apiUrl}auth.test` } }));
    const client = create(apiOf(slack));
    await expect(client.auth.test()).rejects.toThrow();
    await expect(client.apiCall(`${elsewhere.apiUrl}auth.test`)).rejects.toThrow();
    expect(elsewhere.requests).toEqual([]);
  });

  it("never sends another client's token", async () => {
    const slack = await openLocalSlack(() => ({}));
    const api = apiOf(slack);
    const clients = ["xoxb-one", "xoxb-two"].map((token) => create(api, token));
    for (const client of [...clients, ...clients]) await client.auth.test();
    const tokens = slack.requests.map(({ authorization }) => authorization);
    expect(tokens).toEqual(["Bearer xoxb-one", "Bearer xoxb-two", "Bearer xoxb-one", "Bearer xoxb-two"]);
  });
});

describe("what Bolt gives its listeners", () => {
  const inert: Receiver = {
    init: () => undefined,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };

  /** A real Bolt app whose every workspace has its own token. */
  const appOn = (slack: LocalSlack, deadlines = DEADLINES) => {
    const errors: unknown[] = [];
    const app = new App({
      receiver: inert,
      authorize: ({ teamId }) => Promise.resolve({ botToken: `xoxb-${teamId ?? "none"}` }),
      convoStore: false,
      clientOptions: listenerOptions(apiOf(slack, deadlines)),
    });
    app.error((error) => {
      errors.push(error);
      return Promise.resolve();
    });
    const command = (teamId: string): Promise<void> =>
      app.processEvent({
        body: {
          command: "/wa-token",
          text: "",
          user_id: "U1",
          team_id: teamId,
          channel_id: "C1",
          response_url: new URL("/api/response", slack.apiUrl).href,
        },
        ack: () => Promise.resolve(),
      });
    return { app, command, errors };
  };

  it("is a client with the token of the listener's own workspace, without retries", async () => {
    const slack = await openLocalSlack(() => ({ status: 500 }));
    const { app, command, errors } = appOn(slack);
    app.command("/wa-token", async ({ ack, client }) => {
      await ack();
      await client.auth.test();
    });
    for (const team of ["T1", "T2", "T1"]) await command(team);
    expect(slack.requests.map(({ authorization }) => authorization)).toEqual(
      ["T1", "T2", "T1"].map((team) => `Bearer xoxb-${team}`),
    );
    expect(errors).toHaveLength(3);
  });

  it("is a respond function with a deadline", async () => {
    const slack = await openLocalSlack(() => "hang");
    const { app, command, errors } = appOn(slack, QUICK);
    app.command("/wa-token", async ({ ack, respond }) => {
      await ack();
      await respond({ text: "hello" });
    });
    await command("T1");
    expect(slack.requests).toMatchObject([{ method: "response" }]);
    expect(String(errors[0])).toMatch(/timeout/);
  });

  it("does not change the options of the next client", () => {
    const api = apiOf({ apiUrl: "http://127.0.0.1/api/" });
    expect(listenerOptions(api)).not.toBe(listenerOptions(api));
    for (const options of [listenerOptions(api), socketOptions(api)]) {
      expect(options).toMatchObject({ retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
      expect(options).not.toHaveProperty("headers");
    }
  });
});
