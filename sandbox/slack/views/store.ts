import { randomBytes } from "node:crypto";
import { withBlockIds } from "../block-ids.ts";
import type { Directory } from "../directory.ts";
import { asObjects, asString } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { placedElements, stateValues, typedKey } from "./fields.ts";
import type { Typed } from "./fields.ts";

/** A view on a person's screen. */
export interface ShownView {
  readonly id: string;
  readonly userId: string;
  readonly kind: "modal" | "home";
  readonly rootId: string;
  readonly previousId: string | undefined;
  content: JsonObject;
  hash: string;
  typed: Typed;
  errors: Readonly<Record<string, string>>;
}

export type ViewResult =
  | { readonly ok: true; readonly view: ShownView }
  | { readonly ok: false; readonly error: ViewError };

export interface ViewStore {
  /** Shows a new stack with this view and removes the earlier stack. */
  readonly open: (userId: string, content: JsonObject) => ViewResult;
  /** Adds a view to the stack, which holds at most three. */
  readonly push: (userId: string, content: JsonObject) => ViewResult;
  /**
   * Without a `hash` the current view is replaced in any case. Values survive where block_id, action_id and kind are
   * the same.
   */
  readonly update: (
    which: { readonly viewId?: string | undefined; readonly externalId?: string | undefined },
    content: JsonObject,
    hash: string | undefined,
  ) => ViewResult;
  readonly publish: (userId: string, content: JsonObject, hash: string | undefined) => ViewResult;
  /** Removes the view and all views above it. */
  readonly close: (viewId: string) => void;
  readonly stack: (userId: string) => readonly ShownView[];
  readonly home: (userId: string) => ShownView | undefined;
  /** Call after changing `typed` or `errors` of a view. */
  readonly touched: () => void;
  /** The view as Slack sends it in answers and payloads. */
  readonly output: (view: ShownView) => JsonObject;
}

/**
 * Replaces emulate's modals, which never remove a closed view and never return to the view below (surfaces/modals,
 * docs.slack.dev, read 2026-11).
 */
export function createViewStore(directory: Directory, onChange: () => void): ViewStore {
  const stacks = new Map<string, ShownView[]>();
  const homes = new Map<string, ShownView>();
  const shown = (): ShownView[] => [...stacks.values(), [...homes.values()]].flat();

  const taken = (content: JsonObject, except: string | undefined): boolean => {
    const id = asString(content["external_id"]);
    if (id === undefined || id === "") return false;
    return shown().some((view) => view.id !== except && view.content["external_id"] === id);
  };
  const done = (view: ShownView): ViewResult => {
    onChange();
    return { ok: true, view };
  };
  const replace = (view: ShownView, content: JsonObject): ViewResult => {
    view.content = prepared(content);
    view.hash = newHash();
    view.errors = {};
    const kept = placedElements(asObjects(view.content["blocks"])).map(typedKey);
    view.typed = new Map([...view.typed].filter(([key]) => kept.includes(key)));
    return done(view);
  };
  const add = (userId: string, content: JsonObject, below: ShownView[]): ViewResult => {
    if (taken(content, undefined)) return { ok: false, error: "duplicate_external_id" };
    const view = newView(userId, "modal", content, below);
    stacks.set(userId, [...below, view]);
    return done(view);
  };

  return {
    open: (userId, content) => {
      stacks.delete(userId);
      return add(userId, content, []);
    },
    push: (userId, content) => {
      const below = stacks.get(userId) ?? [];
      return below.length >= STACK_MAX ? { ok: false, error: "push_limit_reached" } : add(userId, content, below);
    },
    update: (which, content, hash) => {
      const view = shown().find((candidate) =>
        which.viewId === undefined
          ? which.externalId !== undefined && candidate.content["external_id"] === which.externalId
          : candidate.id === which.viewId,
      );
      if (view === undefined) return { ok: false, error: "not_found" };
      if (hash !== undefined && hash !== view.hash) return { ok: false, error: "hash_conflict" };
      if (taken(content, view.id)) return { ok: false, error: "duplicate_external_id" };
      return replace(view, content);
    },
    publish: (userId, content, hash) => {
      const before = homes.get(userId);
      if (hash !== undefined && before !== undefined && hash !== before.hash) {
        return { ok: false, error: "hash_conflict" };
      }
      if (taken(content, before?.id)) return { ok: false, error: "duplicate_external_id" };
      if (before !== undefined) return replace(before, content);
      const view = newView(userId, "home", content, []);
      homes.set(userId, view);
      return done(view);
    },
    close: (viewId) => {
      for (const [userId, stack] of stacks) {
        const index = stack.findIndex((view) => view.id === viewId);
        if (index !== -1) stacks.set(userId, stack.slice(0, index));
      }
      onChange();
    },
    stack: (userId) => stacks.get(userId) ?? [],
    home: (userId) => homes.get(userId),
    touched: onChange,
    output: (view) => viewOutput(view, directory),
  };
}

type ViewError = "push_limit_reached" | "duplicate_external_id" | "not_found" | "hash_conflict";

const STACK_MAX = 3;

function newView(userId: string, kind: ShownView["kind"], content: JsonObject, below: readonly ShownView[]): ShownView {
  const id = `V0${randomBytes(5).toString("hex").toUpperCase()}`;
  return {
    id,
    userId,
    kind,
    rootId: below[0]?.id ?? id,
    previousId: below.at(-1)?.id,
    content: prepared(content),
    hash: newHash(),
    typed: new Map(),
    errors: {},
  };
}

function prepared(content: JsonObject): JsonObject {
  return { ...content, blocks: withBlockIds(content["blocks"]) };
}

function newHash(): string {
  return `${Math.floor(performance.now())}.${randomBytes(4).toString("hex")}`;
}

function viewOutput(view: ShownView, directory: Directory): JsonObject {
  return {
    id: view.id,
    team_id: directory.teamId,
    app_id: directory.appId,
    app_installed_team_id: directory.teamId,
    bot_id: directory.botId,
    title: null,
    submit: null,
    close: null,
    callback_id: "",
    external_id: "",
    private_metadata: "",
    clear_on_close: false,
    notify_on_close: false,
    ...view.content,
    state: { values: stateValues(asObjects(view.content["blocks"]), view.typed) },
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
  };
}
