import type { HomeView } from "@slack/types";
import { accessProblem } from "../access.ts";
import type { SlackDeps } from "../deps.ts";
import type { HomeRequest } from "../request.ts";
import { homeView } from "./home-view.ts";
import { noticeHome } from "./notice-home.ts";
import { publishHome } from "./publish.ts";

/** How many moves the Home tells. */
const HISTORY = 20;

/** What it takes to build the view. */
export type HomeDeps = Pick<
  SlackDeps,
  "watches" | "undelivered" | "history" | "cards" | "allowedUsers" | "now" | "quietUntil" | "timezone"
>;

/** The Home as of now. */
export const readHome = async (deps: HomeDeps): Promise<HomeView> => {
  const { cards, allowedUsers, timezone } = deps;
  const [records, undelivered, history] = await Promise.all([
    deps.watches(),
    deps.undelivered(),
    deps.history({ limit: HISTORY }),
  ]);
  const now = deps.now();
  const quietUntil = deps.quietUntil(now);
  const allowed = allowedUsers?.size;
  return homeView({ records, undelivered, cards, history, allowed, now, quietUntil, timezone });
};

/**
 * Somebody opened the Home, or pressed a button in it: they see how things are now. Who may not sees who may, and
 * nothing else. What Slack does not take is left to the next visit; what the store does not give is thrown.
 */
export const showHome = async ({ person }: HomeRequest, deps: SlackDeps): Promise<void> => {
  const { userId } = person;
  if (userId === undefined) return;
  const problem = accessProblem(person, deps);
  if (problem === undefined) await deps.rememberViewer(userId);
  const published = await publishHome(deps, userId, problem === undefined ? await readHome(deps) : noticeHome(problem));
  if (published.kind === "done") return;
  deps.log.warn({ published }, "a Home could not be shown");
  if (published.kind === "later") deps.changed();
};
