/**
 * The clock stands still, but nobody does two things in the same instant, and the bot need not look twice at what it saw
 * in this one.
 */
export const MOMENT_MS = 1_000;
