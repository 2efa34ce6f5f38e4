import { describeInterval } from "../../token/duration.ts";
import { utcText } from "../../token/moment.ts";
import { type AppPace, pacesOf } from "../../watch/budget/app-pace.ts";
import type { Budget } from "../../watch/budget/budget.ts";
import { grouped } from "../../words/values.ts";
import type { Line } from "./line.ts";

/** A line for each Meta app near its limit, from what the bot saved in the last hour. It saves nothing below 50 %. */
export function limitLines(
  budgets: ReadonlyMap<string, Budget>,
  countOf: (app: string) => number,
  now: Date,
): readonly Line[] {
  return pacesOf(budgets, countOf, now).map((app) => ({
    status: app.pace.kind === "normal" ? "ok" : "warning",
    topic: `Limit of Meta app ${app.app}`,
    text: textOf(app),
  }));
}

function textOf({ pace, percent, watches, intervalMs }: AppPace): string {
  const tokens = watches === 1 ? "its token" : `its ${grouped(watches)} tokens`;
  const interval = intervalMs === null ? "" : ` The limit allows a check of ${tokens} ${describeInterval(intervalMs)}.`;
  switch (pace.kind) {
    case "normal":
      return `${String(percent)} % used.${interval}`;
    case "reduced":
      return `${String(percent)} % used, by all programs of this app. The bot checks fewer tokens.${interval}`;
    case "paused":
      return `The limit is reached. The bot does not check ${tokens} until ${utcText(pace.until)}.`;
    case "trying":
      return `The limit was ${pace.after === "pause" ? "reached" : "near more than an hour ago"}. The bot checks one token, and the others when Meta answers.`;
  }
}
