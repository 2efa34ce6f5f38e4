import type { ConversationView } from "../../protocol/slack-snapshot.ts";
import { shownPlace } from "./shown-place.ts";

/** The part of the page's state that survives a reload. */
export interface Kept {
  /** Id or name of the conversation, or `home` for the App Home; undefined before the first choice. */
  readonly place: string | undefined;
  /** The open panel next to Slack; see layout/panels.ts. */
  readonly panel: string | undefined;
  /** The message whose thread is open. */
  readonly thread: { readonly channel: string; readonly ts: string } | undefined;
  /** Unsent text of the composer, by name of the conversation. */
  readonly drafts: Readonly<Record<string, string>>;
}

/**
 * The fragment of the page's address, for example `#in=general&panel=world`. It names the place instead of its id,
 * because a reset changes ids. A fragment stays in the browser: it is never sent to a server.
 */
export function addressOf({ place, panel, thread, drafts }: Kept, conversations: readonly ConversationView[]): string {
  const shown = shownPlace(place, conversations);
  const name = shown === "home" ? shown : shown.name;
  const draft = keepable(drafts[name] ?? "");
  const fields = new URLSearchParams({
    ...(place === undefined && draft === "" ? {} : { in: name }),
    ...(panel === undefined ? {} : { panel }),
    ...(thread === undefined ? {} : { thread: `${thread.channel}/${thread.ts}` }),
    ...(draft === "" ? {} : { draft }),
  });
  return fields.size === 0 ? "" : `#${fields.toString()}`;
}

/** The state that an address keeps. Ignores what it does not know, because people can edit addresses. */
export function readAddress(fragment: string): Kept {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  const place = fields.get("in") ?? undefined;
  const draft = fields.get("draft") ?? "";
  const [channel = "", ts = ""] = fields.get("thread")?.split("/", 2) ?? [];
  return {
    place,
    panel: fields.get("panel") ?? undefined,
    thread: channel === "" || ts === "" ? undefined : { channel, ts },
    drafts: place === undefined || draft === "" ? {} : { [place]: draft },
  };
}

/** A browser writes addresses into its history. Any longer word may be a token or a secret, so that draft is not kept. */
const LONGEST_WORD = 30;

function keepable(draft: string): string {
  return draft.split(/\s+/).some((word) => word.length > LONGEST_WORD) ? "" : draft;
}
