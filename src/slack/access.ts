import type { SlackDeps } from "./deps.ts";
import { noticeMessage } from "./notice-view.ts";
import type { Person, PrivateMessage } from "./request.ts";

/**
 * Why this person may not use status, check and alert buttons, as a plain sentence; undefined when they may.
 * People of other organisations never may (Slack Connect, docs.slack.dev, read 2026-11), whoever else is allowed. What
 * cannot be told is refused.
 */
export const accessProblem = (
  person: Person,
  { installation, allowedUsers }: Pick<SlackDeps, "installation" | "allowedUsers">,
): string | undefined => {
  const home = installation()?.teamId ?? person.installedTeamId;
  if (person.userId === undefined || person.teamId === undefined || home === undefined)
    return "It cannot be told yet who may use this. Try again in a minute.";
  if (person.teamId !== home) return "Only people of the workspace that installed this bot can use this.";
  if (allowedUsers !== undefined && !allowedUsers.has(person.userId))
    return "You are not among the people who may use this here. Ask the person who runs this bot (ALLOWED_USERS).";
  return undefined;
};

/** The same as a private answer. */
export const accessRefusal = (
  person: Person,
  deps: Pick<SlackDeps, "installation" | "allowedUsers">,
): PrivateMessage | undefined => {
  const problem = accessProblem(person, deps);
  return problem === undefined ? undefined : noticeMessage(problem);
};
