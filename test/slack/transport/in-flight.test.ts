import { App, type Receiver } from "@slack/bolt";
import { describe, expect, it } from "vitest";
import { createInFlight } from "../../../src/slack/transport/in-flight.ts";

const inert: Receiver = {
  init: () => undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

/** A real Bolt app with this middleware before its one listener. */
const setUp = (listener: (text: string) => Promise<void>) => {
  const inFlight = createInFlight();
  const app = new App({
    receiver: inert,
    authorize: () => Promise.resolve({ botToken: "xoxb-sandbox" }),
    convoStore: false,
  });
  app.use(inFlight.middleware);
  app.error(() => Promise.resolve());
  app.command("/wa-token", async ({ ack, command }) => {
    await ack();
    await listener(command.text);
  });
  const send = (text: string): Promise<void> =>
    app.processEvent({
      body: { command: "/wa-token", text, user_id: "U1", team_id: "T1", channel_id: "C1" },
      ack: () => Promise.resolve(),
    });
  let settled = false;
  const settle = async (): Promise<void> => {
    await inFlight.settled();
    settled = true;
  };
  return { inFlight, send, settle, isSettled: () => settled };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("the work in flight", () => {
  it("is none without a request", async () => {
    await expect(createInFlight().settled()).resolves.toBeUndefined();
  });

  it("ends when every listener has ended, also with an error", async () => {
    const works = { slow: Promise.withResolvers<void>(), bad: Promise.withResolvers<void>() };
    const { send, settle, isSettled } = setUp((text) => (text === "bad" ? works.bad.promise : works.slow.promise));
    const sent = [send("slow"), send("bad")];
    await turn();
    const settling = settle();
    works.bad.reject(new Error("broken"));
    await turn();
    expect(isSettled()).toBe(false);
    works.slow.resolve();
    await Promise.all([settling, ...sent]);
    expect(isSettled()).toBe(true);
  });

  it("includes work that begins during the wait", async () => {
    const works = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const { send, settle, isSettled } = setUp((text) => works[text === "first" ? 0 : 1].promise);
    const first = send("first");
    await turn();
    const settling = settle();
    const second = send("second");
    await turn();
    works[0].resolve();
    await first;
    await turn();
    expect(isSettled()).toBe(false);
    works[1].resolve();
    await Promise.all([settling, second]);
  });
});
