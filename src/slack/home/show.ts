import type { HomeView } from "@slack/types";
import { isAdmin } from "../renewal/is-admin.ts";
import { accessProblem } from "../requests/access.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { HomeRequest } from "../requests/request.ts";
import { homeView } from "./home-view.ts";
import { noticeHome } from "./notice-home.ts";
import { publishHome } from "./publish.ts";

/** The data that the view needs. */
export type HomeDeps = Pick<
  SlackDeps,
  "watches" | "undelivered" | "history" | "cards" | "allowedUsers" | "now" | "quietUntil" | "timezone" | "audit"
>;

/**
 * Builds the Home from the current data.
 * @param admin true for a person who may renew: also shows the audit and the buttons "Renew…"
 */
export async function readHome(deps: HomeDeps, admin: boolean): Promise<HomeView> {
  const { cards, allowedUsers, timezone } = deps;
  const [records, undelivered, history, audit] = await Promise.all([
    deps.watches(),
    deps.undelivered(),
    deps.history({ limit: HISTORY }),
    admin ? deps.audit(AUDIT) : undefined,
  ]);
  const now = deps.now();
  const quietUntil = deps.quietUntil(now);
  const allowed = allowedUsers?.size;
  return homeView({ records, undelivered, cards, history, allowed, now, quietUntil, timezone, audit });
}

/**
 * Shows the current Home after a person opened it or pressed a button in it. A person without access sees only a
 * notice. When Slack does not accept the view, the next visit shows it. Errors of the store are thrown.
 */
export async function showHome({ person }: HomeRequest, deps: SlackDeps): Promise<void> {
  const { userId } = person;
  if (userId === undefined) return;
  const problem = accessProblem(person, deps);
  if (problem === undefined) await deps.rememberViewer(userId);
  const published = await publishHome(
    deps,
    userId,
    problem === undefined ? await readHome(deps, isAdmin(person, deps)) : noticeHome(problem),
  );
  if (published.kind === "done") return;
  deps.log.warn({ published }, "a Home could not be shown");
  if (published.kind === "later") deps.changed();
}

/** The number of history entries in the Home. */
const HISTORY = 20;

/** The number of audit entries in an admin's Home. */
const AUDIT = 10;
