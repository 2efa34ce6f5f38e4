import type { HomeView } from "@slack/types";
import { isAdmin } from "../renewal/is-admin.ts";
import { accessProblem } from "../requests/access.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { HomeRequest } from "../requests/request.ts";
import { readOverview, WHOLE_LIST } from "../status/overview.ts";
import { divided, homeView, MOST_ALERTS, MOST_WATCHES } from "./home-view.ts";
import { noticeHome } from "./notice-home.ts";
import { publishHome } from "./publish.ts";

/** The data that the view needs. */
export type HomeDeps = Pick<
  SlackDeps,
  | "watches"
  | "outbox"
  | "history"
  | "cards"
  | "fleetTroubles"
  | "paces"
  | "allowedUsers"
  | "now"
  | "quietUntil"
  | "timezone"
  | "audit"
  | "offerRenewal"
>;

/**
 * Builds the Home from the current data.
 * @param admin true for a person who may renew: also shows the audit and the buttons "Renew…"
 */
export async function readHome(deps: HomeDeps, admin: boolean): Promise<HomeView> {
  const { cards, allowedUsers, timezone, watches } = deps;
  const [overview, history, audit] = await Promise.all([
    readOverview(deps),
    deps.history({ limit: HISTORY }),
    admin ? deps.audit(AUDIT) : undefined,
  ]);
  const allowed = allowedUsers?.size;
  const common = { ...overview, cards, history, allowed, timezone, audit, renews: deps.offerRenewal !== undefined };
  if (overview.tally.total <= WHOLE_LIST) {
    const { records } = await watches.worst({ which: "all", limit: WHOLE_LIST });
    const [open, others] = divided(records, overview.now);
    return homeView({ ...common, open, others, isWhole: true });
  }
  const [open, others] = await Promise.all([
    watches.worst({ which: "open", limit: MOST_ALERTS }),
    watches.worst({ which: "unalerted", limit: MOST_WATCHES }),
  ]);
  return homeView({ ...common, open: open.records, others: others.records, isWhole: false });
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
