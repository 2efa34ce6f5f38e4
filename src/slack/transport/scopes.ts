/** Bot scopes that the product needs. The manifest, `doctor` and the README list the same scopes. */
export const REQUIRED_SCOPES = ["commands", "chat:write"] as const;

/** Lets alerts reach public channels without an invitation of the bot. */
export const OPTIONAL_SCOPES = ["chat:write.public"] as const;

/** Required scopes that are missing from a list of granted scopes. */
export function missingScopes(granted: readonly string[]): readonly string[] {
  return REQUIRED_SCOPES.filter((scope) => !granted.includes(scope));
}
