import { date, rich, type Spans } from "../../guide/rich-text.ts";
import { counted } from "../values.ts";

/** The message after downtime. */
export const absence = {
  away: (from: Date, to: Date, span: string, watches: number): Spans =>
    rich`This bot was not running from ${date(from)} to ${date(to)} (${span}). It missed the checks of ${counted(watches, "token")}.`,
  nothingChanged: (): Spans => rich`It has checked everything again: nothing changed.`,
  found: (): Spans => rich`Changes found since then:`,
  missed: "Changes during the downtime",
} as const;
