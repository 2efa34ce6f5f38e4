import { type Desk, settle } from "./desk.ts";
import { checkText } from "./finding.ts";

/** Settles who is mentioned in critical alerts. Slack does not show the bot who a person is, so only the form counts. */
export async function peopleStep(desk: Desk): Promise<void> {
  const settled = await settle(desk, {
    name: "ONCALL",
    explain: `The person that critical alerts mention. Open the person's profile in Slack, press "⋮", and choose "Copy member ID".`,
    question: "Slack user ID or user group ID:",
    without: "Critical alerts mention nobody.",
    check: (text) =>
      checkText("ONCALL", text, (id) => ({ ok: true, found: `Critical alerts mention ${id}`, about: id })),
  });
  if (settled !== undefined) desk.settings.keep({ ONCALL: settled.text });
}
