import { counted } from "../../words/values.ts";
import { type Line, notTried } from "./line.ts";

/**
 * Says who may renew tokens in Slack. Slack is not asked about the people, because that needs one more scope.
 * @param isRenewed a watch has settings for renewals, so that somebody expects them to work
 */
export function adminsLine(adminUsers: readonly string[] | undefined, isRenewed: boolean): Line {
  if (adminUsers === undefined || adminUsers.length === 0)
    return isRenewed ? { status: "warning", topic, text: NOBODY } : notTried(topic, NOBODY);
  return {
    status: "ok",
    topic,
    text: `${counted(adminUsers.length, "person", "people")} may renew tokens in Slack (ADMIN_USERS).`,
  };
}

const topic = "Renewals";

const NOBODY =
  "ADMIN_USERS is not set, so there is no renewal from Slack. To allow it, set ADMIN_USERS to the Slack user IDs of the people who may renew tokens.";
