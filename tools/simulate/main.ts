// `npm run simulate` plays weeks of checks near Meta's limit: without options the sizes of docs/scale.md.
import { writeFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { MINUTE_MS } from "../../src/token/duration.ts";
import { drawDelays } from "./draw-delays.ts";
import { playWeek } from "./play-week.ts";
import { tableOf } from "./table.ts";

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const USERS = [1, 10, 100, 1_000];

const wholeNumber = (text: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a whole number from 1 on.");
};

const { tokens, users, interval, svg } = new Command("simulate")
  .description("play a week of checks near Meta's limit, without network")
  .option("--tokens <number>", "tokens of one Meta app", wholeNumber)
  .option("--users <number>", "daily active users of the app", wholeNumber)
  .option("--interval <minutes>", "CHECK_INTERVAL", wholeNumber, 15)
  .option("--svg <file>", "also draw the longest delays")
  .parse()
  .opts<{ tokens?: number; users?: number; interval: number; svg?: string }>();

const played = (users === undefined ? USERS : [users]).flatMap((some) =>
  (tokens === undefined ? SIZES : [tokens]).map((size) => playWeek(size, some, interval * MINUTE_MS)),
);
process.stdout.write(`${tableOf(played)}\n`);
if (svg !== undefined) writeFileSync(svg, drawDelays(played));
if (played.some(({ over }) => over > 0)) process.exitCode = 1;
