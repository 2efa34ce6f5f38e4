/** More mentions than this dilute the call. */
const MOST = 20;

/**
 * Calls a person (`U…`, `W…`) or a user group (`S…`) by Slack id; undefined for what is neither, so that no foreign text
 * ever calls anybody (formatting message text, docs.slack.dev, read 2026-11).
 */
export const mentionOf = (id: string): string | undefined => {
  if (/^[UW]\w{1,39}$/.test(id)) return `<@${id}>`;
  return /^S\w{1,39}$/.test(id) ? `<!subteam^${id}>` : undefined;
};

/** "<@U1> <@U2> " to stand before a sentence, each once; the empty text when there is nobody to call. */
export const callsTo = (ids: readonly (string | undefined)[]): string => {
  const calls = [...new Set(ids.flatMap((id) => (id === undefined ? [] : (mentionOf(id) ?? []))))];
  const more = calls.length - MOST;
  const shown = calls.slice(0, MOST);
  if (shown.length === 0) return "";
  return `${more > 0 ? [...shown, `and ${more} more`].join(" ") : shown.join(" ")} `;
};
