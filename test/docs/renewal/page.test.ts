import { expect, it } from "vitest";
import { parse } from "yaml";
import { OUTCOMES, STEP_STATES, STEPS, WAYS } from "../../../src/renewal/renewal.ts";
import { codeIn, fencesOf, readDocument, tableOf, tablesOf } from "../markdown.ts";

const page = readDocument("docs/renewal.md");

/** The words in backticks in the first cells of a table. */
const firstCells = (...header: readonly string[]): readonly string[] =>
  tableOf(page, ...header).flatMap(([cell = ""]) => codeIn(cell));

it.each(["what happens", "done when"])("the table “%s” has each step, in order", (column) => {
  expect(firstCells("step", column)).toEqual(STEPS);
});

it("says for each step how to go on when it stops", () => {
  expect(new Set(firstCells("stopped at"))).toEqual(new Set(STEPS));
});

it("lists each outcome that the metric counts", () => {
  const row = tableOf(page, "metric").find(([metric = ""]) => metric.includes("wa_token_renewals_total")) ?? [];
  expect(codeIn(row[1] ?? "").filter((word) => word !== "outcome")).toEqual(OUTCOMES);
});

it("lists the keys and words of renew --json", () => {
  const rows = tablesOf(page, "key", "value").at(-1) ?? [];
  expect(rows.flatMap(([key = ""]) => codeIn(key))).toEqual(["watch", "way", "steps", "before", "after"]);
  const words = rows.flatMap(([, value = ""]) => codeIn(value));
  expect(words).toEqual(expect.arrayContaining([...WAYS, ...STEP_STATES]));
});

it("shows a watchlist in which every `renew` has only known keys", () => {
  const [fence = ""] = fencesOf(page, "yaml");
  const { watches } = parse(fence) as { readonly watches: readonly { readonly renew: object }[] };
  expect(watches.flatMap(({ renew }) => Object.keys(renew))).toEqual(
    expect.arrayContaining(["write", "before", "proof"]),
  );
  const known = new Set(firstCells("key", "value", "without it"));
  expect(watches.flatMap(({ renew }) => Object.keys(renew)).filter((key) => !known.has(key))).toEqual([]);
});
