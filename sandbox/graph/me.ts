import type { Answer } from "./answer.ts";
import type { Caller } from "./caller.ts";
import { selectFields } from "./fields.ts";
import { appNode, userNode } from "./nodes.ts";
import type { GraphRequest } from "./request.ts";
import type { GraphState } from "./state.ts";

/** GET /me: the user of the token. Any live token may ask; app tokens and calls without a token have no "me". */
export function me(state: GraphState, request: GraphRequest, caller: Caller): Answer {
  if (caller.kind !== "token") return noActiveToken;
  const { userId } = caller.token;
  const user = state.users.get(userId) ?? { id: userId, name: `user-${userId}` };
  return selectFields(userNode(user), request.query.get("fields"));
}

/** GET /me/permissions: granted and declined permissions. They prove scopes, but not access to any asset. */
export function permissions(caller: Caller): Answer {
  if (caller.kind !== "token") return noActiveToken;
  const { scopes, declinedScopes } = caller.token;
  const granted = scopes.map((permission) => ({ permission, status: "granted" }));
  const declined = declinedScopes.map((permission) => ({ permission, status: "declined" }));
  return { body: { data: [...granted, ...declined] } };
}

/** GET /app: the app that issued the token. */
export function app(request: GraphRequest, caller: Caller): Answer {
  if (caller.kind === "token" || caller.kind === "app") {
    return selectFields(appNode(caller.app), request.query.get("fields"));
  }
  const message = "(#104) An access token is required to request this resource.";
  return { error: { status: 400, code: 104, message } };
}

const noActiveToken: Answer = {
  error: {
    status: 400,
    code: 2500,
    message: "An active access token must be used to query information about the current user.",
  },
};
