import { FIELD_CASES, type FieldCase } from "./field-cases.ts";

/** Cases whose rules are not written yet. */
const LATER: ReadonlySet<string> = new Set([
  "waba-id-as-phone-id",
  "both-ids-swapped",
  "phone-of-another-waba",
  "api-access-blocked-reads",
  "api-access-blocked-debug",
  "app-deleted-reads",
  "two-factor-reads",
  "dotenv-reference",
  "dotenv-reference-outside",
  "cfn-dynamic-reference",
  "base64-secret",
  "literal-backslash-n",
  "dead-490-me",
  "number-not-registered",
  "scopes-without-management-reads-work",
]);

/** The cases that the product answers today. */
export const CASES_NOW: readonly FieldCase[] = FIELD_CASES.filter(({ id }) => !LATER.has(id));
