/** The number of characters in these blocks that Slack counts against a message's limit. */
export function textLength(content: unknown): number {
  if (typeof content !== "object" || content === null) return 0;
  return Object.entries(content)
    .map(([key, value]) => (key === "text" && typeof value === "string" ? value.length : textLength(value)))
    .reduce((sum, length) => sum + length, 0);
}
