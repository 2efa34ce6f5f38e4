import { literal } from "./mrkdwn.ts";

/** Where a message goes, as Slack shows it: a channel by its name, if the reader may see it. */
export const channelText = (id: string): string => {
  if (/^[CDG]\w{1,39}$/.test(id)) return `<#${id}>`;
  return /^[UW]\w{1,39}$/.test(id) ? `the direct messages of <@${id}>` : literal(id, 40);
};
