import { WebAPIRateLimitedError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { SlackCredentialError } from "../../../src/slack/transport/credential-error.ts";
import { createKeeper, type KeeperOptions } from "../../../src/slack/transport/keeper.ts";
import { after, NOW } from "../../support/builders.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { keepLog } from "../../support/keep-log.ts";

type Attempt = KeeperOptions["attempt"];

const never = new Promise<never>(() => undefined);

/** Attempts in order, the last one for ever; waits stand until the test lets them pass. */
const setUp = (attempts: readonly Attempt[], fields: Partial<KeeperOptions> = {}) => {
  const { log, lines } = keepLog();
  const waits: { readonly ms: number; readonly pass: () => void }[] = [];
  const listeners = new Set<() => void>();
  const seen = (): void => {
    for (const listener of listeners) listener();
  };
  const clock = { now: NOW };
  let tries = 0;
  const keeper = createKeeper({
    name: "Slack socket",
    attempt: (signal) => {
      tries += 1;
      seen();
      const next = attempts[Math.min(tries, attempts.length) - 1];
      if (next === undefined) throw new Error("the test gave no attempt");
      return next(signal);
    },
    wait: (ms, signal) =>
      new Promise<void>((resolve) => {
        waits.push({ ms, pass: resolve });
        signal.addEventListener("abort", () => resolve(), { once: true });
        seen();
      }),
    now: () => clock.now,
    log,
    ...fields,
  });
  const until = (probe: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const ask = (): void => {
        if (!probe()) return;
        listeners.delete(ask);
        resolve();
      };
      listeners.add(ask);
      ask();
    });
  return { keeper, waits, lines, clock, until, tries: () => tries, words: () => lines.map(({ msg }) => msg) };
};

const up: Attempt = () => Promise.resolve({ ended: never });
const away: Attempt = () => Promise.reject(new Error("no route to host"));
const refused: Attempt = () => Promise.reject(new SlackCredentialError("invalid_auth", "SLACK_APP_TOKEN"));

/** Held until `end` is called. */
const holding = () => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const attempt: Attempt = () => Promise.resolve({ ended: promise });
  return { attempt, end: () => resolve(), breakOff: () => reject(new Error("broken pipe")) };
};

describe("keeping something up", () => {
  it("is not up before the first try, and is up after it", async () => {
    const { keeper, words } = setUp([up]);
    expect(keeper.problem()).toBe("Slack socket: not tried yet");
    await keeper.start();
    expect(keeper.problem()).toBeNull();
    expect(words()).toEqual(["Slack socket is up"]);
    await keeper.stop();
  });

  it("rejects the start for a refused credential, and does not try again", async () => {
    const { keeper, waits, tries } = setUp([refused, up]);
    await expect(keeper.start()).rejects.toBeInstanceOf(SlackCredentialError);
    expect(keeper.problem()).toContain("SLACK_APP_TOKEN");
    expect(tries()).toBe(1);
    expect(waits).toEqual([]);
    await keeper.stop();
  });

  it("starts without a connection, then tries again after growing pauses until it is up", async () => {
    const { keeper, waits, until, words } = setUp([away, away, away, up]);
    await keeper.start();
    expect(keeper.problem()).toBe("Slack socket: no route to host");
    for (const [index, longest] of [1_000, 2_000, 4_000].entries()) {
      await until(() => waits.length === index + 1);
      expect(waits[index]?.ms).toBeGreaterThanOrEqual(longest * 0.8);
      expect(waits[index]?.ms).toBeLessThanOrEqual(longest);
      waits[index]?.pass();
    }
    await expect.poll(() => keeper.problem()).toBeNull();
    expect(words()).toEqual([
      "Slack socket is down; retrying",
      ...Array.from({ length: 2 }, () => "Slack socket is still down"),
      "Slack socket is up",
    ]);
    await keeper.stop();
  });

  it("logs the first failure, then its duration every ten minutes, and the end", async () => {
    const minutes = 35;
    let isUp = false;
    const { keeper, waits, lines, clock, until } = setUp([(signal) => (isUp ? up : away)(signal)]);
    await keeper.start();
    for (let minute = 0; minute < minutes; minute += 1) {
      await until(() => waits.length === minute + 1);
      clock.now = after((minute + 1) * 60_000);
      isUp = minute === minutes - 1;
      waits[minute]?.pass();
    }
    await expect.poll(() => keeper.problem()).toBeNull();
    expect(lines.filter(({ level }) => Number(level) >= 30)).toMatchObject([
      { level: 40, msg: "Slack socket is down; retrying", downSeconds: 0, failures: 1 },
      { level: 40, msg: "Slack socket is still down", downSeconds: 600, failures: 11 },
      { level: 40, msg: "Slack socket is still down", downSeconds: 1_200, failures: 21 },
      { level: 40, msg: "Slack socket is still down", downSeconds: 1_800, failures: 31 },
      { level: 30, msg: "Slack socket is up", downSeconds: 2_100, failures: 35 },
    ]);
    await keeper.stop();
  });

  it("waits as long as Slack asks", async () => {
    const { keeper, waits, until } = setUp([() => Promise.reject(new WebAPIRateLimitedError(45)), up]);
    await keeper.start();
    await until(() => waits.length === 1);
    expect(waits[0]?.ms).toBe(45_000);
    await keeper.stop();
  });

  it("tries again at once after the end, and keeps trying when the credential is refused by then", async () => {
    const { attempt, end } = holding();
    const { keeper, waits, until, tries } = setUp([attempt, refused, up]);
    await keeper.start();
    end();
    await until(() => waits.length === 1);
    expect(tries()).toBe(2);
    expect(keeper.problem()).toContain("invalid_auth");
    waits[0]?.pass();
    await expect.poll(() => keeper.problem()).toBeNull();
    await keeper.stop();
  });

  it("treats a broken connection like an ended one", async () => {
    const { attempt, breakOff } = holding();
    const { keeper, until, tries } = setUp([attempt, up]);
    await keeper.start();
    breakOff();
    await until(() => tries() === 2);
    await expect.poll(() => keeper.problem()).toBeNull();
    await keeper.stop();
  });

  it("pauses when connections repeatedly break soon, and not after one lasted", async () => {
    const [first, second, third] = [holding(), holding(), holding()];
    const { keeper, waits, until, tries, words } = setUp([first.attempt, second.attempt, third.attempt, up], {
      steadyMs: 10_000,
    });
    const pauses = () => waits.filter(({ ms }) => ms !== 10_000);
    await keeper.start();
    first.end();
    await until(() => tries() === 2);
    expect(pauses()).toEqual([]);
    second.end();
    await until(() => pauses().length === 1);
    expect(keeper.problem()).toBe("Slack socket: the connection keeps breaking soon after it opens");
    expect(tries()).toBe(2);
    pauses()[0]?.pass();
    await until(() => waits.length === 4);
    expect(keeper.problem()).toBeNull();
    // The third one lasts.
    waits[3]?.pass();
    await Promise.resolve();
    third.end();
    await until(() => tries() === 4);
    expect(pauses()).toHaveLength(1);
    // The third one is no recovery before it lasts.
    expect(words()).toEqual(["Slack socket is up", "Slack socket is down; retrying", "Slack socket is up"]);
    await keeper.stop();
  });

  it("shows no token and no HTML page to people or in the log", async () => {
    const token = fakeToken("keeper");
    const { keeper, lines } = setUp([() => Promise.reject(new Error(`<html>\n${token}\n${"x".repeat(5_000)}`))]);
    await keeper.start();
    for (const text of [keeper.problem() ?? "", JSON.stringify(lines)]) {
      expect(text).not.toContain(token.slice(0, 20));
      expect(text).not.toContain("\n");
      expect(text.length).toBeLessThan(1_000);
    }
    await keeper.stop();
  });
});

describe("stopping", () => {
  it("ends a pause", async () => {
    const { keeper, waits, until, tries } = setUp([away]);
    await keeper.start();
    await until(() => waits.length === 1);
    await keeper.stop();
    expect(tries()).toBe(1);
  });

  it("ends a connection", async () => {
    const { keeper, tries } = setUp([up]);
    await keeper.start();
    await keeper.stop();
    expect(tries()).toBe(1);
  });

  it("does nothing before the start", async () => {
    const { keeper, tries } = setUp([up]);
    await keeper.stop();
    expect(tries()).toBe(0);
  });

  it("signals a running attempt without a wait, and its failure is not unhandled", async () => {
    const { attempt, end } = holding();
    const hanging = Promise.withResolvers<never>();
    let told: AbortSignal | undefined;
    const { keeper, until, tries, words } = setUp([
      attempt,
      (signal) => {
        told = signal;
        return hanging.promise;
      },
    ]);
    await keeper.start();
    end();
    await until(() => tries() === 2);
    await keeper.stop();
    expect(told?.aborted).toBe(true);
    hanging.reject(new Error("too late"));
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    expect(words()).toEqual(["Slack socket is up"]);
  });

  it("ends a start that waits for the first attempt", async () => {
    const { keeper, until, tries } = setUp([() => never]);
    const starting = keeper.start();
    await until(() => tries() === 1);
    await keeper.stop();
    await expect(starting).resolves.toBeUndefined();
    expect(keeper.problem()).not.toBeNull();
  });
});
