import type { DigestRow, Note, NoteBody } from "../../../src/watch/note.ts";
import { after, NOW } from "../../support/builders.ts";

const HOUR = 3_600_000;

/** A note an hour after `NOW`. */
export const aNote = (body: NoteBody, fields: Partial<Note> = {}): Note => ({
  id: "note-1",
  routes: ["C0ONCALL"],
  severity: "critical",
  at: after(HOUR),
  body,
  ...fields,
});

/** A healthy watch in the digest. */
export const aRow = (fields: Partial<DigestRow> = {}): DigestRow => ({
  watch: "orders-prod",
  state: "healthy",
  expiry: { kind: "never" },
  answeredAt: NOW,
  alert: null,
  acknowledged: false,
  extraScopes: [],
  old: false,
  ...fields,
});
