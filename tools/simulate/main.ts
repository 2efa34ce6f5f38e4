// `npm run simulate -- --tokens N --users M` plays a week of checks near Meta's limit. Without options, it plays many
// sizes.
import { parseArgs } from "node:util";
import { MINUTE_MS } from "../../src/token/duration.ts";
import { playWeek } from "./play-week.ts";
import { tableOf } from "./table.ts";

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const USERS = [1, 10, 100, 1_000];

const { values } = parseArgs({
  options: {
    tokens: { type: "string" },
    users: { type: "string" },
    interval: { type: "string", default: "15" },
  },
});

const numbersOf = (name: "tokens" | "users" | "interval", all: readonly number[]): readonly number[] => {
  const text = values[name];
  if (text === undefined) return all;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return [number];
  throw new Error(`--${name} must be a whole number above 0, not "${text}"`);
};

const [minutes = 15] = numbersOf("interval", []);
const sizes = numbersOf("tokens", SIZES);
const played = numbersOf("users", USERS).flatMap((users) =>
  sizes.map((tokens) => playWeek(tokens, users, minutes * MINUTE_MS)),
);
process.stdout.write(`${tableOf(played)}\n`);
if (played.some(({ over }) => over > 0)) process.exitCode = 1;
