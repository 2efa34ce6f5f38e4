import type { Config } from "../config/config.ts";
import { type Called, callsBeyondAllowed } from "../slack/called.ts";
import type { Line } from "./doctor-line.ts";

const topic = "People";

const whoText = ({ id, roles }: Called): string => `${id} (${roles.join("; ")})`;

const refusedLine = (called: Called): Line => ({
  status: "problem",
  topic,
  text: `${whoText(called)} is called by alerts but may not press their buttons. Add ${called.id} to ALLOWED_USERS.`,
});

const unsureLine = (called: Called): Line => ({
  status: "not_tried",
  topic,
  text: `${whoText(called)} is a user group: whether its people may press the buttons cannot be seen. Name them in ALLOWED_USERS.`,
});

/** May those whom alerts call also act on them? No line where everyone may. */
export const peopleLines = ({ watches, alerts, slack }: Config): readonly Line[] => {
  const { allowedUsers } = slack;
  const beyond = callsBeyondAllowed({ watches, escalateTo: alerts.escalateTo, allowedUsers });
  if (beyond === undefined) return [];
  const lines = [...beyond.refused.map(refusedLine), ...beyond.unsure.map(unsureLine)];
  return lines.length > 0
    ? lines
    : [{ status: "ok", topic, text: "all whom alerts call may press their buttons (ALLOWED_USERS)." }];
};
