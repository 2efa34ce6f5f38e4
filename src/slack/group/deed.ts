/** One press on a group's message changed many alerts at one instant: undoing it means exactly those. */
export interface Deed {
  /** The group's id. */
  readonly group: string;
  readonly at: Date;
}

/** As the value of a button. */
export const deedValue = ({ group, at }: Deed): string => `${group} ${at.toISOString()}`;

/** Undefined for what is no such value. */
export const readDeed = (value: string): Deed | undefined => {
  const [group, time, ...rest] = value.split(" ");
  if (group === undefined || time === undefined || rest.length > 0) return undefined;
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? undefined : { group, at };
};

/** The one that was last; undefined when there is none. */
export const latestOf = <T extends { readonly at: Date }>(deeds: readonly T[]): T | undefined =>
  deeds.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
