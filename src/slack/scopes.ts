/** Bot scopes the product uses, why, and what is without them. The manifest, `doctor` and the README name the same. */
export const REQUIRED_SCOPES = ["commands", "chat:write"] as const;

/** Lets alerts reach public channels that the bot was not invited to. */
export const OPTIONAL_SCOPES = ["chat:write.public"] as const;

/** Required scopes that a granted list lacks. */
export const missingScopes = (granted: readonly string[]): readonly string[] =>
  REQUIRED_SCOPES.filter((scope) => !granted.includes(scope));
