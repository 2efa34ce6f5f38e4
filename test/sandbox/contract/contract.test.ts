import { describe, expect, it } from "vitest";
import { isObject, type JsonObject } from "../../../sandbox/slack/json.ts";
import { ADDED, DIFFERENCES, type Said } from "./differences.ts";
import { QUESTIONS } from "./questions.ts";
import { emulateSide, sandboxSide } from "./sides.ts";

const said = ({ ok, error }: JsonObject): Said => {
  if (typeof ok !== "boolean") return "no Slack answer";
  return ok ? "ok" : String(error);
};

/** Each field as a path with its type. For a list, only the first entry is used. */
const shapeOf = (value: unknown, path = ""): readonly string[] => {
  if (Array.isArray(value)) return value.length === 0 ? [`${path}[]`] : shapeOf(value[0], `${path}[]`);
  if (isObject(value)) return Object.entries(value).flatMap(([key, inner]) => shapeOf(inner, `${path}.${key}`));
  return [`${path}: ${value === null ? "null" : typeof value}`];
};

const isAdded = (field: string): boolean => ADDED.some((pattern) => pattern.test(field));

describe("the sandbox's Slack and emulate", () => {
  const same = Object.entries(QUESTIONS).filter(([name]) => DIFFERENCES[name] === undefined);
  it.each(same)("give the same answer: %s", async (_name, question) => {
    const ours = await question(await sandboxSide());
    const theirs = await question(await emulateSide());
    expect(said(ours)).toBe(said(theirs));
    if (said(ours) !== "ok") return;
    const fieldsOf = (answer: JsonObject): readonly string[] =>
      shapeOf(answer)
        .filter((field) => !isAdded(field))
        .toSorted();
    expect(fieldsOf(ours)).toEqual(fieldsOf(theirs));
  });

  it.each(Object.entries(DIFFERENCES))("differ on purpose: %s", async (name, { sandbox, emulate }) => {
    const question = QUESTIONS[name];
    if (question === undefined) throw new Error(`nobody asks ${name}`);
    expect(said(await question(await sandboxSide()))).toBe(sandbox);
    expect(said(await question(await emulateSide()))).toBe(emulate);
  });
});
