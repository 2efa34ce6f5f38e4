import type { Alert } from "./alert.ts";
import type { Owed } from "./message.ts";

/** An owed row and the message that owes it; null while its alert has no home. */
export type PlacedOwed = Owed & { readonly message: string | null };

interface About {
  /** Null: its alert's home owes it, or it has no home yet. */
  readonly message: string | null;
  /** Null for a message that shows no alert. */
  readonly alert: Pick<Alert, "id" | "revision"> | null;
  readonly severity: Alert["severity"];
  readonly what: Owed["what"];
  readonly at: Date;
}

/** A row as every writer begins it: no word, for nobody to notice, and named by what it is about. */
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
    word: null,
    toldElsewhere: false,
  };
}
