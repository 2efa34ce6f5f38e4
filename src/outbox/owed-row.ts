import type { Alert } from "../alert/alert.ts";
import type { Owed } from "./message.ts";

/** An owed row with its message; null while its alert has no home. */
export type PlacedOwed = Owed & { readonly message: string | null };

/** A new owed row with its ID, without a reply and without a notice. */
export function owedRow({ message, alert, severity, what, at }: About): PlacedOwed {
  const about = alert === null ? [] : [alert.id, alert.revision];
  return {
    id: [...(message === null ? [] : [message]), ...about, what].join("/"),
    message,
    alert: alert?.id ?? null,
    revision: alert?.revision ?? 0,
    what,
    priority: severity === "critical" ? 1 : 2,
    at,
    notice: false,
    reply: null,
    entry: null,
    toldElsewhere: false,
  };
}

interface About {
  /** Null: the home of its alert owes it, or the alert has no home yet. */
  readonly message: string | null;
  /** Null for a message without alerts. */
  readonly alert: Pick<Alert, "id" | "revision"> | null;
  readonly severity: Alert["severity"];
  readonly what: Owed["what"];
  readonly at: Date;
}
