/** A watch, as far as it names people. */
interface CallingWatch {
  readonly name: string;
  readonly owner: string | undefined;
  readonly oncall: string | undefined;
}

export interface Calling {
  readonly watches: readonly CallingWatch[];
  /** `ESCALATE_TO`: a channel or a person. */
  readonly escalateTo: string | undefined;
  /** Undefined: everyone of the workspace may use the buttons. */
  readonly allowedUsers: readonly string[] | undefined;
}

/** Somebody whom alerts call, with what for: "owner of orders", "on call for crm", "ESCALATE_TO". */
export interface Called {
  readonly id: string;
  readonly roles: readonly string[];
}

const MOST_NAMES = 3;

const namesText = (names: readonly string[]): string => {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${more} more` : names.join(", ");
};

const rolesOf = ({ watches, escalateTo }: Calling, id: string): readonly string[] => {
  const owned = watches.filter(({ owner }) => owner === id).map(({ name }) => name);
  const covered = watches.filter(({ oncall }) => oncall === id).map(({ name }) => name);
  return [
    ...(owned.length === 0 ? [] : [`owner of ${namesText(owned)}`]),
    ...(covered.length === 0 ? [] : [`on call for ${namesText(covered)}`]),
    ...(escalateTo === id ? ["ESCALATE_TO"] : []),
  ];
};

/**
 * Those whom alerts call to act, while only some people may press their buttons: `refused` are people who may not,
 * `unsure` user groups, whose members nobody here can see. Undefined when everyone may.
 */
export const callsBeyondAllowed = (
  calling: Calling,
): { readonly refused: readonly Called[]; readonly unsure: readonly Called[] } | undefined => {
  const { watches, escalateTo, allowedUsers } = calling;
  if (allowedUsers === undefined) return undefined;
  const ids = [...watches.flatMap(({ owner, oncall }) => [owner, oncall]), escalateTo];
  const called = [...new Set(ids.filter((id) => id !== undefined))].map((id) => ({ id, roles: rolesOf(calling, id) }));
  return {
    refused: called.filter(({ id }) => /^[UW]/.test(id) && !allowedUsers.includes(id)),
    unsure: called.filter(({ id }) => id.startsWith("S")),
  };
};
