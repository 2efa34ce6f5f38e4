import { describe, expect, it } from "vitest";
import type { Note } from "../../src/watch/note.ts";
import type { NoteClaim } from "../../src/watch/outbox.ts";
import { only, type StoreSteps } from "./contract-store.ts";
import { aNote, anAlert, anEntry, claiming, minutes, NOON } from "./states.ts";

const REF = { channel: "C0000000009", ts: "1700000000.000900" };
const noteIds = (claims: readonly NoteClaim[]): readonly string[] => claims.map(({ note }) => note.id);

/** What messages that are sent once rely on. */
export const notesContract = ({ store, open }: StoreSteps): void => {
  describe("notes", () => {
    let marks = 0;
    const owe = async (...notes: readonly Note[]): Promise<void> => {
      const moved = await store().moveMark(`m${++marks}`, null, { at: NOON, spec: "" }, notes);
      expect(moved).toBe(true);
    };
    const claim = async (fields: Parameters<typeof claiming>[0] = {}, from = store()) =>
      from.claimNotes(claiming(fields));

    it.each<Note["body"]>([
      { kind: "escalation", alert: anAlert({ resolvedAt: minutes(1), resolution: "recovered" }) },
      { kind: "escalation_over", alert: anAlert({ acknowledged: { by: "U0000000001", at: NOON } }) },
      {
        kind: "refused_channel",
        alert: anAlert(),
        others: [anAlert({ id: "alert-2" })],
        channel: "C0000000001",
        error: "is_archived",
        more: 3,
      },
      { kind: "comeback", from: NOON, to: minutes(60), watches: 3, missed: [anEntry()], more: 1 },
      {
        kind: "digest",
        counts: { states: [{ state: "unknown", count: 41 }], alerts: 3, acknowledged: 2, snoozed: 1, unread: 0 },
        rows: [
          {
            watch: "orders",
            state: "unknown",
            expiry: { kind: "at", at: minutes(60) },
            answeredAt: null,
            alert: null,
            acknowledged: false,
            snoozedUntil: minutes(90),
            extraScopes: ["business_management"],
            old: true,
            evidence: { call: "GET /me", status: 200, code: null, subcode: null, trace: null, at: NOON },
            unread: [{ kind: "phone", id: "100000000002001", reason: "Meta did not answer" }],
          },
        ],
        more: 0,
      },
    ])("are given as they were owed: $kind", async (body) => {
      const note = aNote({ body, severity: "warning" });
      await owe(note);
      expect(await claim()).toEqual([{ note, failures: 0, lease: expect.any(String) }]);
    });

    it("are given critical ones first, then the oldest, up to the limit, once until the lease ends", async () => {
      await owe(
        aNote({ id: "mild", severity: "warning", at: minutes(-9) }),
        aNote({ id: "new", at: minutes(2) }),
        aNote({ id: "old", at: minutes(1) }),
      );
      const other = await open();
      expect(noteIds(await claim({ limit: 2 }))).toEqual(["old", "new"]);
      expect(noteIds(await claim({}, other))).toEqual(["mild"]);
      expect(await claim()).toEqual([]);
      expect(await claim({ now: minutes(1) })).toHaveLength(3);
    });

    it("that are not critical wait while only what is urgent is asked for", async () => {
      await owe(aNote({ id: "mild", severity: "warning" }), aNote({ id: "critical" }));
      expect(noteIds(await claim({ urgentOnly: true }))).toEqual(["critical"]);
    });

    it("of a channel that is left out wait; those of others do not", async () => {
      await owe(aNote({ id: "a", routes: ["C1", "U1"] }), aNote({ id: "b", routes: ["U1"] }));
      expect(noteIds(await claim({ except: ["C1", "C9"] }))).toEqual(["b"]);
    });

    it("two programs at once never take the same note", async () => {
      const all = Array.from({ length: 12 }, (_, index) => aNote({ id: `note-${index}` }));
      await owe(...all);
      const other = await open();
      const taken = await Promise.all([claim(), claim({}, other), claim(), claim({}, other)]);
      const seen = taken.flatMap(noteIds);
      expect(new Set(seen).size).toBe(seen.length);
      expect([...seen, ...noteIds(await claim())]).toHaveLength(12);
    });

    it("that were delivered are not given again, also when the lease had ended", async () => {
      await owe(aNote({ id: "a" }), aNote({ id: "b" }));
      const slow = await claim();
      await claim({ now: minutes(1) });
      await store().saveNote(slow, REF);
      expect(await claim({ now: minutes(60) })).toEqual([]);
      expect(await store().listUndelivered()).toEqual([]);
    });

    it("that failed wait for their retry, on the routes that are left, and are listed with the error", async () => {
      await owe(aNote());
      const first = await claim();
      await store().saveNoteFailure(first, { error: "is_archived", retryAt: minutes(5), routes: ["U0000000009"] });
      expect(await store().listUndelivered()).toEqual([
        { watch: "orders", note: "escalation", channel: "U0000000009", error: "is_archived", urgent: true },
      ]);
      expect(await claim({ now: minutes(4) })).toEqual([]);
      const again = only(await claim({ now: minutes(5) }));
      expect(again).toMatchObject({ failures: 1, note: { routes: ["U0000000009"] } });
      // One who lost the lease fails nothing.
      await store().saveNoteFailure(first, { error: "timeout", retryAt: minutes(9), routes: [] });
      await store().releaseNotes(first);
      expect(await claim({ now: minutes(5) })).toEqual([]);
      await store().releaseNotes([again]);
      expect(only(await claim({ now: minutes(5) }))).toMatchObject({ failures: 1 });
    });

    it("about many watches are listed as those of none", async () => {
      await owe(aNote({ body: { kind: "comeback", from: NOON, to: minutes(60), watches: 3, missed: [], more: 0 } }));
      expect(await store().listUndelivered()).toMatchObject([{ watch: null, note: "comeback", error: null }]);
    });

    it("owed twice under one id are one", async () => {
      await owe(aNote());
      await owe(aNote({ severity: "warning" }));
      expect(only(await claim()).note.severity).toBe("critical");
    });
  });
};
