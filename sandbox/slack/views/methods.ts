import type { Method } from "../chat.ts";
import type { Directory } from "../directory.ts";
import { asString, isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { Refusal } from "../limits/message.ts";
import { isViewTooLarge, viewProblems } from "../limits/view.ts";
import type { Refuse } from "../refusal.ts";
import { errorReply, okReply } from "../reply.ts";
import type { Reply } from "../reply.ts";
import type { Trigger, Triggers } from "../triggers.ts";
import type { ViewResult, ViewStore } from "./store.ts";

/** The refusal that Slack would answer to the `view` argument of a call or an acknowledgement. */
export function viewRefusal(view: unknown, surface: "modal" | "home"): Refusal | undefined {
  if (!isObject(view)) {
    return { error: "invalid_arguments", problems: [{ pointer: "/view", message: "must be an object" }] };
  }
  if (isViewTooLarge(view)) return { error: "view_too_large", problems: [] };
  const problems = viewProblems(view, surface);
  return problems.length === 0 ? undefined : { error: "invalid_arguments", problems };
}

export interface ViewDeps {
  readonly views: ViewStore;
  readonly triggers: Triggers;
  readonly directory: Directory;
  readonly refuse: Refuse;
}

/** The methods views.open, views.push, views.update and views.publish. */
export function viewMethods(deps: ViewDeps): Readonly<Record<string, Method>> {
  const { views, refuse } = deps;

  const checked = (method: string, surface: "modal" | "home", run: (view: JsonObject, args: JsonObject) => Reply) =>
    (async (args) => {
      const refusal = viewRefusal(args["view"], surface);
      if (refusal !== undefined) return refuse("api", method, refusal);
      return run(isObject(args["view"]) ? args["view"] : {}, args);
    }) satisfies Method;

  const triggered = (method: string, show: (trigger: Trigger, view: JsonObject) => ViewResult): Method =>
    checked(method, "modal", (view, args) => {
      const spent = deps.triggers.spend(asString(args["trigger_id"]) ?? asString(args["interactivity_pointer"]) ?? "");
      if (spent.ok) return shownReply(show(spent.trigger, view), deps, method);
      const problems =
        spent.error === "invalid_arguments" ? [{ pointer: "/trigger_id", message: "invalid `trigger_id`" }] : [];
      return refuse("api", method, { error: spent.error, problems });
    });

  return {
    "views.open": triggered("views.open", (trigger, view) => views.open(trigger.userId, view)),
    "views.push": triggered("views.push", (trigger, view) => views.push(trigger.userId, view)),
    "views.update": checked("views.update", "modal", (view, args) => {
      const which = { viewId: asString(args["view_id"]), externalId: asString(args["external_id"]) };
      return shownReply(views.update(which, view, asString(args["hash"])), deps, "views.update");
    }),
    "views.publish": checked("views.publish", "home", (view, args) => {
      const person = deps.directory.findPerson(asString(args["user_id"]) ?? "");
      if (person === undefined) return errorReply("user_not_found");
      return shownReply(views.publish(person.id, view, asString(args["hash"])), deps, "views.publish");
    }),
  };
}

function shownReply(result: ViewResult, deps: ViewDeps, method: string): Reply {
  if (result.ok) return okReply({ view: deps.views.output(result.view) });
  // A view that was closed or changed in the meantime is normal; the other errors are bugs of the app.
  if (result.error === "not_found" || result.error === "hash_conflict") return errorReply(result.error);
  return deps.refuse("api", method, { error: result.error, problems: [] });
}
