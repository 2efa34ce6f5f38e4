import type { Source } from "../token/secret/source.ts";
import type { WatchConfig } from "./config.ts";
import { SECRET_VARIABLES } from "./variables.ts";

const namesIn = (source: Source): readonly string[] => (source.kind === "env" ? [source.name] : []);

/** Names of all variables that hold the bot's own secrets. The command of an `exec:` source runs without them. */
export const ownSecretNames = (watches: readonly WatchConfig[]): readonly string[] => [
  ...new Set([
    ...SECRET_VARIABLES,
    ...watches.flatMap(({ source, app }) => [
      ...namesIn(source),
      ...(app?.secret.kind === "source" ? namesIn(app.secret.source) : []),
    ]),
  ]),
];
