import type { Source } from "../token/secret/source.ts";
import type { Watch } from "../watch/watch.ts";
import { SECRET_VARIABLES } from "./variables.ts";

/** Names of all variables that hold the bot's own secrets. The command of an `exec:` source runs without them. */
export function ownSecretNames(
  watches: readonly Watch[],
  fleets: readonly { readonly appSecret?: Source | undefined }[],
): readonly string[] {
  return [
    ...new Set([
      ...SECRET_VARIABLES,
      ...watches.flatMap(({ source, app }) => [
        ...namesIn(source),
        ...(app?.secret.kind === "source" ? namesIn(app.secret.source) : []),
      ]),
      ...fleets.flatMap(({ appSecret }) => (appSecret === undefined ? [] : namesIn(appSecret))),
    ]),
  ];
}

function namesIn(source: Source): readonly string[] {
  return source.kind === "env" ? [source.name] : [];
}
