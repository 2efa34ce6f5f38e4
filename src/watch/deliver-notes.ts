import type { Note } from "./note.ts";
import type { NoteClaim } from "./outbox.ts";
import { describeDeliveryFailure } from "./pause.ts";
import type { Work, WorkDeps } from "./work.ts";

const notesOf = (claims: readonly NoteClaim[]): readonly Note[] => claims.map(({ note }) => note);

const grouped = (claims: readonly NoteClaim[], by: (note: Note) => unknown): readonly (readonly NoteClaim[])[] => [
  ...Map.groupBy(claims, ({ note }) => JSON.stringify(by(note))).values(),
];

/** Notes of one kind to one destination: one message. */
const noteWork = (deps: WorkDeps, claims: readonly NoteClaim[], channel: string, kind: string): Work => {
  const { store, notifier, now, onDone } = deps;
  const failures = Math.max(...claims.map((claim) => claim.failures));
  const ids = notesOf(claims)
    .map(({ id }) => id)
    .join();
  return {
    kind: "note",
    channel,
    id: ids,
    version: channel,
    about: { note: kind },
    failures,
    deliver: async (send) => {
      const sent = await send(() => notifier.note(notesOf(claims), channel));
      if (!sent.ok) return sent.failure;
      await store.saveNote(claims, sent.ref);
      onDone("notes");
      return undefined;
    },
    release: () => store.releaseNotes(claims),
    // Whoever comes next hears it at once; the last one is asked again.
    fail: async (failure, retryAt) => {
      const error = describeDeliveryFailure(failure);
      for (const alike of grouped(claims, ({ routes }) => routes)) {
        const routes = alike[0]?.note.routes ?? [];
        const moves = failure.kind === "refused" && routes.length > 1;
        await store.saveNoteFailure(alike, {
          error,
          retryAt: moves ? now() : retryAt,
          routes: moves ? routes.slice(1) : routes,
        });
      }
    },
  };
};

/** Notes in hand, those of one kind to one destination together. */
export const noteWorks = (deps: WorkDeps, claims: readonly NoteClaim[]): readonly Work[] =>
  grouped(claims, ({ routes, body }) => [routes[0], body.kind]).flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : [noteWork(deps, alike, first.note.routes[0] ?? "", first.note.body.kind)];
  });
