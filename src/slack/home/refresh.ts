import type { HomeView } from "@slack/types";
import { notAfter } from "../../token/set-back.ts";
import { isAdmin } from "../renewal/is-admin.ts";
import { accessProblem } from "../requests/access.ts";
import type { SlackDeps } from "../requests/deps.ts";
import { troubleText } from "../transport/trouble.ts";
import { noticeHome } from "./notice-home.ts";
import { publishHome, type Published } from "./publish.ts";
import { type HomeDeps, readHome } from "./show.ts";

export interface HomeRefreshOptions
  extends HomeDeps, Pick<SlackDeps, "people" | "viewers" | "installation" | "adminUsers" | "log"> {
  /** Ends early, without throwing, when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export interface HomeRefresh {
  /** Reports that something in the Home changed. Many requests lead to one pass. */
  request(): void;
  /** Resolves when there is nothing left to publish. */
  idle(): Promise<void>;
  /** Accepts no more requests, and resolves when the current pass has ended. */
  stop(): Promise<void>;
}

/**
 * Updates the Home of recent viewers, one person and one pass at a time. Never throws. A person whose update failed
 * sees the current state on the next visit.
 */
export function createHomeRefresh(options: HomeRefreshOptions): HomeRefresh {
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

  /** Handles the result for one person. Returns true when the pass may continue with the next person. */
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
    // The store knows each viewer's workspace. Until Slack reports the bot's own workspace, the pass updates no Home.
    if (users.length === 0 || teamId === undefined) return;
    const views = new Map<boolean, HomeView>();
    const viewFor = async (admin: boolean): Promise<HomeView> => {
      const view = views.get(admin) ?? (await readHome(options, admin));
      views.set(admin, view);
      return view;
    };
    for (const [index, userId] of users.entries()) {
      if (index > 0) await wait(BETWEEN_PEOPLE_MS, signal);
      if (signal.aborted) return;
      const person = { userId, teamId, installedTeamId: teamId };
      const problem = accessProblem(person, options);
      const view = problem === undefined ? await viewFor(isAdmin(person, options)) : noticeHome(problem);
      const published = await publishPatiently(userId, view);
      if (signal.aborted || !goesOn(userId, published)) return;
    }
  };

  const run = async (): Promise<void> => {
    while (wanted && !signal.aborted) {
      const at = now().getTime();
      const sinceMs = endedAt === undefined ? BETWEEN_PASSES_MS : at - notAfter(endedAt.getTime(), at);
      if (sinceMs < BETWEEN_PASSES_MS) await wait(BETWEEN_PASSES_MS - sinceMs, signal);
      if (signal.aborted) break;
      wanted = false;
      try {
        await pass();
      } catch (error) {
        log.warn({ error: troubleText(error) }, "the Homes could not be brought up to date");
      }
      endedAt = now();
    }
    // Runs in the same turn as the last check of `wanted`, so that no request is lost in between.
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
}

/** The pause between two passes, so that a burst of changes is published at once. */
const BETWEEN_PASSES_MS = 5_000;

/** views.publish is of tier 4, some 100 a minute for the workspace (rate limits, docs.slack.dev, read 2026-11). */
const BETWEEN_PEOPLE_MS = 700;

/** The most tries for one person while Slack asks the bot to wait. */
const PATIENCE = 3;
