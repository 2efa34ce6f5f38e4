import type { Config } from "../../config/config.ts";
import { type Responder, respondersBeyondAllowed } from "../../slack/requests/responders.ts";
import type { Line } from "./line.ts";

/** Checks that all people mentioned in alerts may use the buttons. No line when everyone may use them. */
export function peopleLines({ watches, alerts, slack }: Config): readonly Line[] {
  const { allowedUsers } = slack;
  const beyond = respondersBeyondAllowed({ watches, escalateTo: alerts.escalateTo, allowedUsers });
  if (beyond === undefined) return [];
  const lines = [...beyond.refused.map(refusedLine), ...beyond.unsure.map(unsureLine)];
  return lines.length > 0
    ? lines
    : [{ status: "ok", topic, text: "all people mentioned in alerts may use the buttons (ALLOWED_USERS)." }];
}

const topic = "People";

function personText({ id, roles }: Responder): string {
  return `${id} (${roles.join("; ")})`;
}

function refusedLine(responder: Responder): Line {
  return {
    status: "problem",
    topic,
    text: `alerts mention ${personText(responder)}, but ${responder.id} may not use the buttons. Add ${responder.id} to ALLOWED_USERS.`,
  };
}

function unsureLine(responder: Responder): Line {
  return {
    status: "not_tried",
    topic,
    text: `alerts mention the user group ${personText(responder)}. Doctor cannot see its members. Add them to ALLOWED_USERS, so that they may use the buttons.`,
  };
}
