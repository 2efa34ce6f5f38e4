import { words } from "../../words/words.ts";
import type { SlackDeps } from "./deps.ts";
import { noticeMessage } from "../kit/notice-view.ts";
import { isOrganisation } from "./organisation.ts";
import type { Person, PrivateMessage } from "./request.ts";

/**
 * Why this person may not use status, check and alert buttons, as a plain sentence; undefined when they may.
 * People of other organisations never may (Slack Connect, docs.slack.dev, read 2026-11), even if ALLOWED_USERS names
 * them. Admins may do what ALLOWED_USERS may. Without enough information the answer is no.
 */
export function accessProblem(
  person: Person,
  { installation, allowedUsers, adminUsers }: AccessDeps,
): string | undefined {
  const { userId } = person;
  const named = userId !== undefined && (allowedUsers?.has(userId) === true || adminUsers.has(userId));
  switch (belonging(person, installation())) {
    case "not_known":
      return access.notKnown;
    case "elsewhere":
      return access.elsewhere;
    case "organisation":
      return named ? undefined : access.organisation;
    case "workspace":
      return named || allowedUsers === undefined ? undefined : access.notAllowed;
  }
}

/** Why this person may not renew, as a plain sentence; undefined for an admin who has access. */
export function adminProblem(person: Person, deps: AccessDeps): string | undefined {
  const problem = accessProblem(person, deps);
  if (problem !== undefined) return problem;
  const { userId } = person;
  return userId !== undefined && deps.adminUsers.has(userId) ? undefined : words.renewal.forms.notAdmin;
}

/** The problem from `accessProblem` as a private answer. */
export function accessRefusal(person: Person, deps: AccessDeps): PrivateMessage | undefined {
  const problem = accessProblem(person, deps);
  return problem === undefined ? undefined : noticeMessage(problem);
}

type AccessDeps = Pick<SlackDeps, "installation" | "allowedUsers" | "adminUsers">;

const { access } = words.notices;

/**
 * Where a person belongs, seen from our workspace. In Enterprise Grid `user.team_id` may name the organisation or another
 * of its workspaces. There the organisation decides, together with the workspace in which the person acted.
 */
function belonging(
  person: Person,
  installation: ReturnType<AccessDeps["installation"]>,
): "workspace" | "organisation" | "elsewhere" | "not_known" {
  const { userId, teamId, actingTeamId } = person;
  const home = installation?.teamId ?? person.installedTeamId;
  if (userId === undefined || teamId === undefined || home === undefined) return "not_known";
  const organisations = [person.enterpriseId, isOrganisation(teamId) ? teamId : undefined].filter(Boolean);
  if (organisations.length === 0) return teamId === home ? "workspace" : "elsewhere";
  if (installation === null) return teamId === home ? "workspace" : "not_known";
  if (organisations.some((id) => id !== installation.enterpriseId)) return "elsewhere";
  return [teamId, actingTeamId].includes(home) ? "workspace" : "organisation";
}
