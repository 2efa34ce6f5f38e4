import { describe, expect, it, onTestFinished } from "vitest";
import { SlackCredentialError } from "../../src/slack/credential-error.ts";
import { closeSocket, connectSocket, createSocketReceiver } from "../../src/slack/socket.ts";
import { Secret } from "../../src/token/secret.ts";
import { openWorkspace } from "../sandbox/slack/open-workspace.ts";
import { keepLog } from "../support/keep-log.ts";
import { openSilentSocket } from "./support/silent-socket.ts";

const running = new AbortController().signal;
const QUICK = { connectMs: 300, closeMs: 20, pongMs: 60 };

const clientOn = (apiUrl: string) => {
  const { log, lines } = keepLog();
  const { client } = createSocketReceiver(new Secret("xapp-sandbox"), { apiUrl, log }, QUICK);
  onTestFinished(() => closeSocket(client, QUICK));
  return { client, lines };
};

const atSandbox = async () => {
  const slack = await openWorkspace();
  const { log, lines } = keepLog();
  const { client } = createSocketReceiver(new Secret(slack.appToken), { apiUrl: slack.apiUrl, log });
  onTestFinished(() => closeSocket(client));
  return { slack, client, lines };
};

describe("the socket to Slack", () => {
  it("is there after the hello, and tells of its end when it is dropped", async () => {
    const { slack, client } = await atSandbox();
    const { ended } = await connectSocket(client, running);
    expect(slack.sockets.open()).toBe(1);
    slack.sockets.drop();
    await expect(ended).resolves.toBeUndefined();
  });

  it.each(["warning", "refresh_requested", "link_disabled"] as const)("ends when Slack says %s", async (reason) => {
    const { slack, client } = await atSandbox();
    const { ended } = await connectSocket(client, running);
    slack.sockets.disconnect(reason);
    await expect(ended).resolves.toBeUndefined();
    await slack.waitFor(() => slack.sockets.open() === 0);
  });

  it("can be opened again on the same client, one at a time", async () => {
    const { slack, client } = await atSandbox();
    for (const count of [1, 2, 3]) {
      const { ended } = await connectSocket(client, running);
      expect([slack.sockets.opened(), slack.sockets.open()]).toEqual([count, 1]);
      slack.sockets.drop();
      await ended;
    }
  });

  it.each(["invalid_auth", "account_inactive", "not_authed"] as const)(
    "is refused with %s by name of the variable, after one call",
    async (word) => {
      const { slack, client } = await atSandbox();
      slack.faults.add({ kind: "error", error: word, times: Infinity });
      const failed = await connectSocket(client, running).catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(SlackCredentialError);
      expect(String(failed)).toMatch(new RegExp(`SLACK_APP_TOKEN \\(${word}\\)\\. \\w`));
      expect(slack.calls("apps.connections.open")).toHaveLength(1);
    },
  );

  it.each([
    ["HTTP 503", { kind: "status", status: 503 }],
    ["a reset", { kind: "reset" }],
    ["a rate limit", { kind: "rate_limited", retryAfterSeconds: 30 }],
    ["nonsense", { kind: "not_json", body: "<html>" }],
  ] as const)("is tried once only, by us and not by the library, after %s", async (_name, fault) => {
    const { slack, client } = await atSandbox();
    slack.faults.add({ ...fault, times: 1 });
    await expect(connectSocket(client, running)).rejects.toBeInstanceOf(Error);
    expect(slack.calls("apps.connections.open")).toHaveLength(1);
    await connectSocket(client, running);
    expect(slack.sockets.open()).toBe(1);
  });

  it("is given up when no hello comes in time", async () => {
    const { apiUrl } = await openSilentSocket({ hello: false });
    const { client } = clientOn(apiUrl);
    await expect(connectSocket(client, running, { ...QUICK, connectMs: 100 })).rejects.toThrow(
      "Connecting to Slack's socket took longer than 0.1 s",
    );
  });

  it("is found dead when the other side answers no ping", async () => {
    const { apiUrl } = await openSilentSocket({ hello: true });
    const { client, lines } = clientOn(apiUrl);
    const { ended } = await connectSocket(client, running, QUICK);
    await expect(ended).resolves.toBeUndefined();
    expect(JSON.stringify(lines)).toContain("pong wasn't received");
  });

  it("is closed without waiting for a server that does not answer", async () => {
    const { apiUrl } = await openSilentSocket({ hello: true });
    const { client } = clientOn(apiUrl);
    await connectSocket(client, running, QUICK);
    await expect(closeSocket(client, QUICK)).resolves.toBeUndefined();
  });

  it("is closed again when it comes up after the stop", async () => {
    const { slack, client } = await atSandbox();
    const stopping = new AbortController();
    const connecting = connectSocket(client, stopping.signal);
    stopping.abort();
    await expect(connecting).rejects.toThrow("stopped while it connected");
    await slack.waitFor(() => slack.sockets.open() === 0);
    expect(slack.sockets.opened()).toBe(1);
  });

  it.each(["null", '{"type":"events_api"}', '{"type":"events_api","payload":{}}'])(
    "outlives the frame %s, which its library cannot read",
    async (frame) => {
      const { slack, client, lines } = await atSandbox();
      await connectSocket(client, running);
      slack.raw.frame(frame);
      await expect.poll(() => JSON.stringify(lines)).toContain("a frame from Slack could not be read");
      expect(slack.sockets.open()).toBe(1);
    },
  );
});
