import type { Verdict } from "../token/verdict.ts";

/** An action of a person on the alerts of a target. */
export type Deed =
  | { readonly kind: "acknowledge" }
  /** `given`: only acknowledgements from this instant, that is, from one press. Absent: any. */
  | { readonly kind: "unacknowledge"; readonly given?: Date | undefined }
  /** `reason`: the person's own text, as typed. */
  | { readonly kind: "snooze"; readonly until: Date; readonly reason: string }
  /** `begun`: only snoozes that began at this instant. Absent: any. */
  | { readonly kind: "unsnooze"; readonly begun?: Date | undefined }
  /** Verdicts of a check by alert ID; null when the check gave no answer. Alerts without an entry do not change. */
  | { readonly kind: "checked"; readonly found: ReadonlyMap<string, Verdict | null> };
