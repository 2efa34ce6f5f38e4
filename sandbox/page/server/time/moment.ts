/**
 * The clock stands still between journeys. Before each action it advances by this much. So two actions never happen at
 * the same instant, and the bot checks again instead of reusing its last result.
 */
export const MOMENT_MS = 1_000;
