/** Bounds the memory of the bodies that are read at the same time. */
export interface BodyRoom {
  /** False when the bodies under way leave no room for one of this size. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export const createBodyRoom = (mostBytes: number): BodyRoom => {
  let taken = 0;
  return {
    take: (bytes) => {
      if (taken + bytes > mostBytes) return false;
      taken += bytes;
      return true;
    },
    give: (bytes) => {
      taken -= bytes;
    },
  };
};
