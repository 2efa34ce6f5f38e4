import type { Spread } from "./statistics.ts";

interface Explained {
  /** The name of the figure, unique over all parts. */
  readonly what: string;
  readonly unit: string;
  /** Why the goal is missed, as known from a profile. The page shows the reason only while the goal is missed. */
  readonly whyMissed?: string | undefined;
}

/** One compared figure: both sides of the same interleaved run, and the median of the paired ratios. */
export interface Row extends Explained {
  readonly ours: Spread;
  readonly baseline: Spread;
  readonly ratio: Spread;
  readonly goal: { readonly kind: "at most" | "at least"; readonly ratio: number };
  /** How much worse than its recorded value `--check` accepts, as a share of it. Not set: 0.25. */
  readonly margin?: number | undefined;
}

const number = (value: number): string => {
  if (value >= 1_000) return Math.round(value).toString();
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
};

const range = ({ median, min, max }: Spread, unit: string): string =>
  `${number(median)} ${unit} (${number(min)} to ${number(max)})`;

const met = ({ goal, ratio }: Row): boolean =>
  goal.kind === "at most" ? ratio.median <= goal.ratio : ratio.median >= goal.ratio;

const goalText = ({ goal }: Row): string => `${goal.kind === "at most" ? "≤" : "≥"} ${goal.ratio}×`;

/** A Markdown table of the figures: medians, followed by the lowest and the highest value. */
const table = (rows: readonly Row[]): string =>
  [
    "| figure | wa-token | baseline | ratio | goal | met |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) =>
      [
        "",
        row.what,
        range(row.ours, row.unit),
        range(row.baseline, row.unit),
        `**${row.ratio.median.toFixed(2)}×** (${row.ratio.min.toFixed(2)} to ${row.ratio.max.toFixed(2)})`,
        goalText(row),
        met(row) ? "yes" : "no",
        "",
      ]
        .join(" | ")
        .trim(),
    ),
  ].join("\n");

/** One figure with its own bound. */
export interface Figure extends Explained {
  readonly value: number;
  /** Undefined: the figure is only reported. */
  readonly goal?: { readonly kind: "at most" | "at least"; readonly value: number } | undefined;
}

/** Whether the figure keeps its bound. Undefined: it has none. */
export const figureMet = ({ value, goal }: Figure): boolean | undefined => {
  if (goal === undefined) return undefined;
  return goal.kind === "at most" ? value <= goal.value : value >= goal.value;
};

const metText = (isMet: boolean | undefined): string => {
  if (isMet === undefined) return "";
  return isMet ? "yes" : "no";
};

const figureText = ({ value, unit }: Figure): string => (unit === "" ? String(value) : `${number(value)} ${unit}`);

const boundText = ({ goal, unit }: Figure): string =>
  goal === undefined ? "" : `${goal.kind === "at most" ? "≤" : "≥"} ${goal.value} ${unit}`.trim();

/** A Markdown table of figures with a bound instead of a baseline. */
const figureTable = (figures: readonly Figure[]): string =>
  [
    "| figure | measured | goal | met |",
    "| --- | --- | --- | --- |",
    ...figures.map(
      (figure) => `| ${figure.what} | ${figureText(figure)} | ${boundText(figure)} | ${metText(figureMet(figure))} |`,
    ),
  ].join("\n");

/** The results of one part. */
export interface Measured {
  readonly rows: readonly Row[];
  readonly figures: readonly Figure[];
  /** How the part measures, as Markdown. The page shows it below the tables. */
  readonly how?: string | undefined;
}

/** The tables that are not empty. */
export const tables = ({ rows, figures }: Measured): readonly string[] => [
  ...(rows.length === 0 ? [] : [table(rows)]),
  ...(figures.length === 0 ? [] : [figureTable(figures)]),
];

const because = ({ whyMissed }: Explained): string => (whyMissed === undefined ? "" : ` ${whyMissed}`);

/** Each goal that was missed, with the figure, the goal and the known reason. */
export const missedGoals = ({ rows, figures }: Measured): readonly string[] => [
  ...rows
    .filter((row) => !met(row))
    .map((row) => `**${row.what}**: ${row.ratio.median.toFixed(3)}×, the goal is ${goalText(row)}.${because(row)}`),
  ...figures
    .filter((figure) => figureMet(figure) === false)
    .map((figure) => `**${figure.what}**: ${figureText(figure)}, the goal is ${boundText(figure)}.${because(figure)}`),
];
