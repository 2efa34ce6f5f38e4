import type { Note, NoteBody } from "../../watch/note.ts";

/** A note whose body is of one kind. */
export type NoteOf<K extends NoteBody["kind"]> = Note & { readonly body: Extract<NoteBody, { readonly kind: K }> };

/** The notes of one kind. */
export const notesOf = <K extends NoteBody["kind"]>(notes: readonly Note[], kind: K): readonly NoteOf<K>[] =>
  notes.filter((note): note is NoteOf<K> => note.body.kind === kind);
