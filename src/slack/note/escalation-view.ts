import { alertLine } from "../alert/alert-line.ts";
import { waitedText } from "../alert/waited.ts";
import { alertsWorstFirst } from "../alert/worst-first.ts";
import { channelText } from "../channel-text.ts";
import type { ChannelMessage } from "../channel-message.ts";
import type { NoteOf } from "./note-of.ts";
import { manyElsewhere, oneElsewhere } from "./told-elsewhere.ts";

type Escalation = NoteOf<"escalation">;

const oneMessage = ({ at, body: { alert } }: Escalation, timezone: string): ChannelMessage => {
  const head = `Nobody answered${waitedText(alert, at)} in ${channelText(alert.card.channel)}. Please take over:`;
  // The head says already that nobody had answered.
  return oneElsewhere([head], { ...alert, escalatedAt: null }, timezone);
};

/** Critical alerts that nobody answered, for those who come next: one whole, or a list of many with what they share. */
export const escalationMessage = (notes: readonly Escalation[], timezone: string): ChannelMessage => {
  const [only, ...others] = notes;
  if (only !== undefined && others.length === 0) return oneMessage(only, timezone);
  const byAlert = new Map(notes.map((note) => [note.body.alert, note]));
  const alerts = alertsWorstFirst([...byAlert.keys()]);
  const list = alerts.map((alert) => {
    const at = byAlert.get(alert)?.at;
    const waited = at === undefined ? "" : waitedText(alert, at);
    return `${alertLine(alert, timezone)} In ${channelText(alert.card.channel)}, unanswered${waited}.`;
  });
  const head = `Nobody answered ${notes.length} critical alerts. Please take over:`;
  return manyElsewhere([head], alerts, list, timezone);
};
