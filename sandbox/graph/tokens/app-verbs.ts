import type { GraphApp, GraphState } from "../state.ts";

export interface AppVerbs {
  readonly addApp: (app: NewApp) => GraphApp;
  /** Changes the app secret and returns the new one; app tokens and proofs made with the old one fail at once. */
  readonly resetAppSecret: (appId?: string, secret?: string) => string;
  /** Turns "Require App Secret" on or off. */
  readonly requireProof: (required: boolean, appId?: string) => void;
}

/** `mainAppId` is the app that a verb changes when the caller names none. */
export function appVerbs(state: GraphState, mainAppId: string): AppVerbs {
  const find = (id: string): GraphApp => {
    const app = state.apps.get(id);
    if (app === undefined) throw new Error(`the Graph stand-in has no app ${id}; add it with addApp first`);
    return app;
  };
  return {
    addApp: (given) => {
      const app: GraphApp = {
        id: given.id,
        secret: given.secret,
        name: given.name ?? "Example Notifier",
        native: given.native ?? false,
        requireProof: given.requireProof ?? false,
        developers: new Set(given.developers),
      };
      state.apps.set(app.id, app);
      return app;
    },
    resetAppSecret: (appId = mainAppId, secret) => {
      const app = find(appId);
      app.secret = secret ?? `${app.secret}-reset`;
      return app.secret;
    },
    requireProof: (required, appId = mainAppId) => {
      find(appId).requireProof = required;
    },
  };
}

interface NewApp {
  readonly id: string;
  readonly secret: string;
  readonly name?: string;
  readonly native?: boolean;
  readonly requireProof?: boolean;
  readonly developers?: readonly string[];
}
