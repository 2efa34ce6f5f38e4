import type { AuditEntry, RenewalEntry } from "../renewal/audit.ts";
import type { Actor, Renewal } from "../renewal/renewal.ts";
import { isUrgent } from "../renewal/rules/steps.ts";
import type { Owed } from "./message.ts";
import type { PlacedOwed } from "./owed-row.ts";

/**
 * The owed rows of a renewal's change, for its message. The first change posts the message; each later change edits it.
 * Each entry is one reply in the thread, except the start, because the message itself says it. The IDs follow from the
 * change, so a repeated save adds no second row. Pure.
 * @param entries the entries that are saved with the change
 */
export function oweRenewal(
  renewal: Renewal,
  entries: readonly AuditEntry[],
  what: "joined" | "content",
): readonly PlacedOwed[] {
  const { id, startedBy, revision } = renewal;
  const said = entries.filter((entry) => entry.kind === "renewal").filter((entry) => entry.renewal === id);
  const isAwaited = isPerson(startedBy);
  const row = (name: string, fields: Pick<Owed, "what" | "at" | "priority">): PlacedOwed => ({
    id: `${id}/${revision}/${name}`,
    message: id,
    alert: null,
    revision,
    notice: false,
    reply: null,
    entry: null,
    toldElsewhere: false,
    ...fields,
  });
  const lines = said
    .filter(({ event }) => event.kind !== "started")
    .map((entry, index) => ({
      ...row(`line-${String(index).padStart(2, "0")}`, {
        what: "renewal",
        at: entry.at,
        priority: priorityOf(entry, isAwaited),
      }),
      notice: entry.event.kind === "waits_a_day",
      entry,
    }));
  const first = said
    .map((entry) => priorityOf(entry, isAwaited))
    .reduce<Owed["priority"]>((urgent, priority) => (priority < urgent ? priority : urgent), 2);
  const at = new Date(Math.max(...[...said.map((entry) => entry.at), changedAt(renewal)].map(Number)));
  return [row(what, { what, at, priority: first }), ...lines];
}

/** The message of a renewal has the renewal's ID, so that a repeated start adds no second message. */
export function renewalMessageId({ id }: Pick<Renewal, "id">): string {
  return id;
}

function isPerson({ kind }: Actor): boolean {
  return kind !== "bot";
}

/**
 * A person's action first. The person who started the renewal also waits for its steps. A token that ends soon is
 * critical. Quiet hours hold back all other changes, such as a refresh that the bot started.
 */
function priorityOf({ by, event }: RenewalEntry, isAwaited: boolean): Owed["priority"] {
  if (isPerson(by) || (isAwaited && event.kind === "step")) return 0;
  return event.kind === "step" && isUrgent({ steps: [event.result] }) ? 1 : 2;
}

/** The last time that the renewal itself knows. A change without an entry has no other time. */
function changedAt({ startedAt, steps, endedAt }: Renewal): Date {
  return endedAt ?? new Date(Math.max(...[startedAt, ...steps.map(({ at }) => at)].map(Number)));
}
