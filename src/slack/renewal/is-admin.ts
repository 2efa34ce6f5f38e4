import { adminProblem } from "../requests/access.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { Person } from "../requests/request.ts";

/** True when renewals from Slack are on and this person may renew. For views that only the person sees. */
export function isAdmin(person: Person, deps: AdminDeps): boolean {
  return deps.renewals !== undefined && adminProblem(person, deps) === undefined;
}

export type AdminDeps = Pick<SlackDeps, "renewals" | "installation" | "allowedUsers" | "adminUsers">;
