import type { Source } from "../token/source.ts";
import type { WatchConfig } from "./config.ts";
import { SECRET_VARIABLES } from "./variables.ts";

const namesIn = (source: Source): readonly string[] => (source.kind === "env" ? [source.name] : []);

/** Names of every variable that holds a secret of ours; a command that reads a token runs without them. */
export const ownSecretNames = (watches: readonly WatchConfig[]): readonly string[] => [
  ...new Set([
    ...SECRET_VARIABLES,
    ...watches.flatMap(({ source, app }) => [
      ...namesIn(source),
      ...(app?.secret.kind === "source" ? namesIn(app.secret.source) : []),
    ]),
  ]),
];
