/**
 * Mentions a person (`U…`, `W…`) or a user group (`S…`) by Slack ID. Returns undefined for any other text, so that
 * foreign text cannot notify people (formatting message text, docs.slack.dev, read 2026-11).
 */
export function mentionOf(id: string): string | undefined {
  if (/^[UW]\w{1,39}$/.test(id)) return `<@${id}>`;
  return /^S\w{1,39}$/.test(id) ? `<!subteam^${id}>` : undefined;
}

/** "<@U1> <@U2> " as the start of a sentence, each mention once. Empty when there is nobody to notify. */
export function callsTo(ids: readonly (string | undefined)[]): string {
  const calls = [...new Set(ids.flatMap((id) => (id === undefined ? [] : (mentionOf(id) ?? []))))];
  const more = calls.length - MOST;
  const shown = calls.slice(0, MOST);
  if (shown.length === 0) return "";
  return `${more > 0 ? [...shown, `and ${more} more`].join(" ") : shown.join(" ")} `;
}

/** More mentions than this dilute the call. */
const MOST = 20;
