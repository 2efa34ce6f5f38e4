import type { HomeView } from "@slack/types";
import { accessProblem } from "../access.ts";
import type { SlackDeps } from "../deps.ts";
import { troubleText } from "../trouble.ts";
import { noticeHome } from "./notice-home.ts";
import { publishHome, type Published } from "./publish.ts";
import { type HomeDeps, readHome } from "./show.ts";

export interface HomeRefreshOptions extends HomeDeps, Pick<SlackDeps, "people" | "viewers" | "installation" | "log"> {
  /** Ends early, without throwing, when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export interface HomeRefresh {
  /** Something that the Home shows has changed. Many requests make one pass. */
  request(): void;
  /** Resolves when nothing is left to publish. */
  idle(): Promise<void>;
  /** Takes no more requests; resolves when the pass under way has ended. */
  stop(): Promise<void>;
}

/** From the end of a pass to the next one: a burst of changes is shown at once. */
const BETWEEN_PASSES_MS = 5_000;

/** views.publish is of tier 4, some 100 a minute for the workspace (rate limits, docs.slack.dev, read 2026-11). */
const BETWEEN_PEOPLE_MS = 700;

/** So often in a row may Slack ask to wait. */
const PATIENCE = 3;

/**
 * Keeps the Home of those who opened it lately up to date: one after the other, one pass at a time. Nothing here ever
 * throws; who was left out sees the present state at their next visit.
 */
export const createHomeRefresh = (options: HomeRefreshOptions): HomeRefresh => {
  const { viewers, installation, now, wait, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let wanted = false;
  let running: Promise<void> | undefined;
  let endedAt: Date | undefined;
  let saidOff = false;

  const publishPatiently = async (user: string, view: HomeView): Promise<Published> => {
    for (let tries = 1; ; tries += 1) {
      const published = await publishHome(options, user, view);
      if (published.kind !== "later" || tries >= PATIENCE || signal.aborted) return published;
      await wait(published.afterMs, signal);
      if (signal.aborted) return published;
    }
  };

  /** True when the others may still be reached. */
  const goesOn = (user: string, published: Published): boolean => {
    switch (published.kind) {
      case "done":
        return true;
      case "refused":
        log.debug({ user, error: published.error }, "a Home could not be brought up to date");
        return true;
      case "off":
        if (!saidOff) log.warn("the Home tab of the Slack app is off; turn it on as in manifest.yml");
        saidOff = true;
        return false;
      case "later":
      case "away":
        log.warn({ published }, "the Homes could not be brought up to date; they are at the next change or visit");
        return false;
    }
  };

  const pass = async (): Promise<void> => {
    const users = await viewers();
    const teamId = installation()?.teamId;
    // Who belongs to which workspace was seen when they opened it; before Slack has told ours, nobody is shown anything.
    if (users.length === 0 || teamId === undefined) return;
    const view = await readHome(options);
    for (const [index, userId] of users.entries()) {
      if (index > 0) await wait(BETWEEN_PEOPLE_MS, signal);
      if (signal.aborted) return;
      const problem = accessProblem({ userId, teamId, installedTeamId: teamId }, options);
      const published = await publishPatiently(userId, problem === undefined ? view : noticeHome(problem));
      if (signal.aborted || !goesOn(userId, published)) return;
    }
  };

  const run = async (): Promise<void> => {
    while (wanted && !signal.aborted) {
      const sinceMs = endedAt === undefined ? BETWEEN_PASSES_MS : now().getTime() - endedAt.getTime();
      // A clock that was set back must not make it wait for that long.
      if (sinceMs < BETWEEN_PASSES_MS) await wait(BETWEEN_PASSES_MS - Math.max(0, sinceMs), signal);
      if (signal.aborted) break;
      wanted = false;
      try {
        await pass();
      } catch (error) {
        log.warn({ error: troubleText(error) }, "the Homes could not be brought up to date");
      }
      endedAt = now();
    }
    // In the same turn as the look at `wanted`, so that no request falls in between.
    running = undefined;
  };

  const idle = async (): Promise<void> => {
    if (running === undefined) return;
    await running;
    await idle();
  };

  return {
    request: () => {
      if (signal.aborted) return;
      wanted = true;
      running ??= run();
    },
    idle,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
