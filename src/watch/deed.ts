import type { Verdict } from "../token/verdict.ts";

/** What a person does about the alerts of a target. */
export type Deed =
  | { readonly kind: "acknowledge" }
  /** `given`: only acknowledgements that were given at this instant, as one press gave them. Absent: any. */
  | { readonly kind: "unacknowledge"; readonly given?: Date | undefined }
  /** `reason`: in that person's words, as typed. */
  | { readonly kind: "snooze"; readonly until: Date; readonly reason: string }
  /** `begun`: only snoozes that were begun at this instant. Absent: any. */
  | { readonly kind: "unsnooze"; readonly begun?: Date | undefined }
  /** What a check found, by alert id, null when it gave no answer; alerts that are not in it stay as they are. */
  | { readonly kind: "checked"; readonly found: ReadonlyMap<string, Verdict | null> };
