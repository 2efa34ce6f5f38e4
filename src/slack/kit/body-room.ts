/** Limits the memory of large bodies that are read at the same time. Small bodies always have room. */
export interface BodyRoom {
  /** False when the bodies under way leave no room for one of this size. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export function createBodyRoom(mostBytes: number): BodyRoom {
  let taken = 0;
  const isSmall = (bytes: number): boolean => bytes <= SMALL_BYTES;
  return {
    take: (bytes) => {
      if (isSmall(bytes)) return true;
      if (taken + bytes > mostBytes) return false;
      taken += bytes;
      return true;
    },
    give: (bytes) => {
      if (!isSmall(bytes)) taken -= bytes;
    },
  };
}

/** Slack's own bodies are smaller. The limit on connections also limits small bodies, so they need no room. */
const SMALL_BYTES = 128 * 1024;
