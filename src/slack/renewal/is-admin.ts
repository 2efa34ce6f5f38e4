import type { SlackDeps } from "../requests/deps.ts";
import type { Person } from "../requests/request.ts";

/** True when renewals from Slack are on and this person may renew. For views that only the person sees. */
export function isAdmin(person: Person, { renewals }: Pick<SlackDeps, "renewals">): boolean {
  return renewals !== undefined && renewals.adminProblem(person) === undefined;
}
