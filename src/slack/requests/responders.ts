export interface ResponderSettings {
  readonly watches: readonly ResponderWatch[];
  /** `ESCALATE_TO`: a channel or a person. */
  readonly escalateTo: string | undefined;
  /** Undefined: everyone in the workspace may use the buttons. */
  readonly allowedUsers: readonly string[] | undefined;
}

/** A person or group that alerts call, with their roles: "owner of orders", "on call for crm", "ESCALATE_TO". */
export interface Responder {
  readonly id: string;
  readonly roles: readonly string[];
}

/**
 * Responders that alerts notify although ALLOWED_USERS does not let them use the buttons. `refused`: people outside the
 * list. `unsure`: user groups, because the bot cannot see their members. Undefined when everyone may press the buttons.
 */
export function respondersBeyondAllowed(
  settings: ResponderSettings,
): { readonly refused: readonly Responder[]; readonly unsure: readonly Responder[] } | undefined {
  const { watches, escalateTo, allowedUsers } = settings;
  if (allowedUsers === undefined) return undefined;
  const ids = [...watches.flatMap(({ owner, oncall }) => [owner, oncall]), escalateTo];
  const responders = [...new Set(ids.filter((id) => id !== undefined))].map((id) => ({
    id,
    roles: rolesOf(settings, id),
  }));
  return {
    refused: responders.filter(({ id }) => /^[UW]/.test(id) && !allowedUsers.includes(id)),
    unsure: responders.filter(({ id }) => id.startsWith("S")),
  };
}

/** The people of a watch. */
interface ResponderWatch {
  readonly name: string;
  readonly owner: string | undefined;
  readonly oncall: string | undefined;
}

const MOST_NAMES = 3;

function namesText(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${more} more` : names.join(", ");
}

function rolesOf({ watches, escalateTo }: ResponderSettings, id: string): readonly string[] {
  const owned = watches.filter(({ owner }) => owner === id).map(({ name }) => name);
  const covered = watches.filter(({ oncall }) => oncall === id).map(({ name }) => name);
  return [
    ...(owned.length === 0 ? [] : [`owner of ${namesText(owned)}`]),
    ...(covered.length === 0 ? [] : [`on call for ${namesText(covered)}`]),
    ...(escalateTo === id ? ["ESCALATE_TO"] : []),
  ];
}
