import { containsTokenShape } from "../token/secret/shape.ts";
import type { ParseResult } from "./field.ts";
import { misplacedToken } from "./problem.ts";
import { EnvironmentSchema } from "./schema.ts";
import { SECRET_VARIABLES, type VariableName } from "./variables.ts";

/**
 * Checks the text of one variable by the rules of the whole configuration, and returns it without the space around it.
 * The problem is a full sentence that names the variable and never repeats a secret.
 */
export function readOneVariable(name: VariableName, given: string): ParseResult<string> {
  const text = given.trim();
  if (text === "") return { problem: `${name} is empty.` };
  if (!SECRET_VARIABLES.includes(name) && containsTokenShape(text)) return { problem: misplacedToken(name).message };
  const [issue] = EnvironmentSchema.shape[name].safeParse(text).error?.issues ?? [];
  return issue === undefined ? { value: text } : { problem: `${name} ${issue.message}` };
}
