import { noteMessage } from "../../src/slack/note/note-view.ts";
import { NEVER } from "../../src/token/expiry.ts";
import { digestTable } from "../../src/watch/digest-rows.ts";
import { fallbackNotes } from "../../src/watch/fallback.ts";
import type { Note } from "../../src/watch/note.ts";
import type { WatchRecord } from "../../src/watch/ports.ts";
import {
  alertOf,
  escalated,
  expired,
  expiringLater,
  expiringSoon,
  live,
  shown,
  takenOver,
  type Story,
} from "./story-alerts.ts";
import { after, seen } from "./story-facts.ts";

// The messages that are sent once, by the real rules and in the real words.

const messageOf = (note: Note | undefined): string => {
  if (note === undefined) throw new Error("the story has no note");
  return shown(noteMessage([note], "UTC"));
};

const lastNoteOf = ({ notes }: Story): string => messageOf(notes.at(-1));

const [refused] = fallbackNotes([alertOf(expired)], [alertOf(expired)], {
  channel: "C0123456789",
  error: "not_in_channel (invite the bot to the channel)",
  fallbackChannel: "C0444444444",
  newId: () => "note",
  now: after(30.11),
});

const warned = (body: Note["body"], at: Date): Note => ({
  id: "note",
  routes: ["C0123456789"],
  severity: "warning",
  at,
  body,
});

const away = { kind: "comeback", from: after(22.8), to: after(23), watches: 3 } as const;

const record = (name: string, { state }: Story, at: Date): WatchRecord => ({
  name,
  state,
  checkedAt: at,
  nextDueAt: at,
  owed: false,
  undelivered: null,
});

const monday = after(22 + 1 / 24);
const unended = live([
  seen(after(22), {
    expiry: NEVER,
    issuedAt: after(-400),
    scopes: ["whatsapp_business_messaging", "whatsapp_business_management", "business_management"],
  }),
]);
const rows = digestTable(
  [record("orders-prod", expiringLater, monday), record("support-staging", unended, monday)],
  monday,
);

/** By the heading under which docs/operations.md shows it. */
export const noteStories: Readonly<Record<string, string>> = {
  "Nobody answered": lastNoteOf(escalated),
  "Somebody answered after all": lastNoteOf(takenOver),
  "A channel refuses": messageOf(refused),
  "Back after an absence": messageOf(warned({ ...away, missed: expiringSoon.history.slice(-1), more: 0 }, after(23))),
  "Back, and nothing had changed": messageOf(warned({ ...away, missed: [], more: 0 }, after(23))),
  Digest: messageOf(warned({ kind: "digest", ...rows }, monday)),
};
