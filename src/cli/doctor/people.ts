import type { Config } from "../../config/config.ts";
import { type Responder, respondersBeyondAllowed } from "../../slack/requests/responders.ts";
import type { Line } from "./line.ts";

/** Checks that all people mentioned in alerts may use the buttons. No line when everyone may use them. */
export function peopleLines({ watches, alerts, slack }: Config): readonly Line[] {
  const { allowedUsers } = slack;
  const notAllowed = respondersBeyondAllowed({ watches, escalateTo: alerts.escalateTo, allowedUsers });
  if (notAllowed === undefined) return [];
  const lines = [...notAllowed.refused.map(personLine), ...notAllowed.unsure.map(userGroupLine)];
  return lines.length > 0
    ? lines
    : [{ status: "ok", topic, text: "all people mentioned in alerts may use the buttons (ALLOWED_USERS)." }];
}

const topic = "People";

function responderText({ id, roles }: Responder): string {
  return `${id} (${roles.join("; ")})`;
}

function personLine(responder: Responder): Line {
  return {
    status: "problem",
    topic,
    text: `alerts mention ${responderText(responder)}, but ${responder.id} may not use the buttons. Add ${responder.id} to ALLOWED_USERS.`,
  };
}

function userGroupLine(responder: Responder): Line {
  return {
    status: "not_tried",
    topic,
    text: `alerts mention the user group ${responderText(responder)}. Doctor cannot see its members. Add them to ALLOWED_USERS, so that they may use the buttons.`,
  };
}
