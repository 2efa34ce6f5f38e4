import { type Figure, figureMet, type Measured, type Row } from "./report.ts";

/** How much worse than its recorded value a ratio may be, as a share of it, unless its row says otherwise. */
export const MARGIN = 0.25;

/**
 * Compares new results of a part with its recorded results and returns each figure that got worse: a ratio beyond its
 * margin, a bound that was kept before and is missed by more than the margin now, and a recorded figure that was not
 * measured.
 */
export function worseThan(recorded: Measured, now: Measured): readonly string[] {
  return [
    ...recorded.rows.flatMap((row) => {
      const again = now.rows.find(({ what }) => what === row.what);
      return again === undefined ? [notMeasured(row.what)] : rowProblem(row, again);
    }),
    ...recorded.figures.flatMap((figure) => {
      if (figureMet(figure) !== true) return [];
      const again = now.figures.find(({ what }) => what === figure.what);
      return again === undefined ? [notMeasured(figure.what)] : figureProblem(figure, again);
    }),
  ];
}

const notMeasured = (what: string): string => `${what}: recorded, but not measured in this run.`;

function rowProblem(recorded: Row, { ratio }: Row): readonly string[] {
  const { what, goal, margin = MARGIN } = recorded;
  if (!isWorse(goal.kind, ratio.median, recorded.ratio.median, margin)) return [];
  return [
    `${what}: ${ratio.median.toFixed(2)}×, recorded ${recorded.ratio.median.toFixed(2)}× (goal ${goal.kind} ${goal.ratio}×), margin ${percent(margin)}.`,
  ];
}

function figureProblem({ what, unit, goal }: Figure, { value }: Figure): readonly string[] {
  if (goal === undefined || !isWorse(goal.kind, value, goal.value, MARGIN)) return [];
  const bound = `${goal.kind} ${goal.value} ${unit}`.trim();
  return [
    `${what}: ${`${value.toFixed(1)} ${unit}`.trim()}, the bound was met before: ${bound}, margin ${percent(MARGIN)}.`,
  ];
}

/** A figure that is not a number counts as worse: a part that measured nothing must not pass. */
const isWorse = (kind: "at most" | "at least", value: number, reference: number, margin: number): boolean =>
  !(kind === "at most" ? value <= reference * (1 + margin) : value >= reference * (1 - margin));

const percent = (share: number): string => `${Math.round(share * 100)} %`;
