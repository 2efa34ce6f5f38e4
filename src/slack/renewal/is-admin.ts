import { adminProblem } from "../requests/access.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { Person } from "../requests/request.ts";

/** True when this person may renew. For views that only the person sees. */
export function isAdmin(person: Person, deps: AdminDeps): boolean {
  return adminProblem(person, deps) === undefined;
}

export type AdminDeps = Pick<SlackDeps, "installation" | "allowedUsers" | "adminUsers">;
