import { FIELD_CASES, type FieldCase } from "./field-cases.ts";

/** Cases about shapes and references, whose rules are not written yet. */
const LATER: ReadonlySet<string> = new Set([
  "dotenv-reference",
  "dotenv-reference-outside",
  "cfn-dynamic-reference",
  "base64-secret",
  "literal-backslash-n",
]);

/** The cases that the product answers today. */
export const CASES_NOW: readonly FieldCase[] = FIELD_CASES.filter(({ id }) => !LATER.has(id));
