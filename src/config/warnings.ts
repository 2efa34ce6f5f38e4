import leven from "leven";
import type { Problem } from "./problem.ts";
import { SECRET_VARIABLES, VARIABLE_TABLE } from "./variables.ts";

/** Finds probable mistakes that do not stop the program. */
export function configWarnings({ env, dotenv, read }: Given): readonly Problem[] {
  const known = new Set([...OURS, ...read.flatMap((name) => [name, `${name}_FILE`])]);
  const names = [...new Set([...Object.keys(env), ...Object.keys(dotenv ?? {})])];
  return [
    ...(dotenv === undefined || Object.keys(dotenv).some((name) => known.has(name)) ? [] : [NOTHING_KNOWN]),
    ...START_ONLY.filter((name) => dotenv?.[name] !== undefined && env[name] === undefined).map(tooLate),
    ...names
      .filter((name) => !known.has(name))
      .flatMap((name) => {
        const typo = misspelt(name);
        return typo.length > 0 || dotenv?.[name] === undefined
          ? typo
          : otherWords(name, (ours) => isSet(ours, env, dotenv));
      }),
  ];
}

interface Given {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Undefined when there is no `.env`. */
  readonly dotenv: Readonly<Record<string, string>> | undefined;
  /** Variables that the watches read. */
  readonly read: readonly string[];
}

const OURS: readonly string[] = [
  ...VARIABLE_TABLE.map(({ name }) => name),
  ...SECRET_VARIABLES.map((name) => `${name}_FILE`),
];

const NOTHING_KNOWN: Problem = {
  name: ".env",
  message: ".env sets no variable of this bot. Check that it is the right file, with one NAME=value on each line.",
};

/** Node.js reads these only once, from the environment, when the process starts. */
const START_ONLY: readonly string[] = ["NODE_EXTRA_CA_CERTS", "NODE_USE_SYSTEM_CA"];

function tooLate(name: string): Problem {
  return {
    name,
    message: `.env sets ${name}, but Node.js reads that variable before this bot reads .env. Set ${name} in the environment that starts the bot.`,
  };
}

/** Two wrong letters are a typo. In a name as short as PORT, two letters make another word, such as HOST. */
function mostEdits(name: string): number {
  return name.length < 6 ? 1 : 2;
}

function misspelt(name: string): readonly Problem[] {
  const letters = name.replaceAll(/\W/g, "").toUpperCase();
  const wanted = OURS.find((ours) => leven(letters, ours, { maxDistance: mostEdits(ours) + 1 }) <= mostEdits(ours));
  if (wanted === undefined) return [];
  const message =
    letters === wanted
      ? `A variable is named almost like ${wanted}, but with lower-case letters or invisible characters. ${CORRECT}`
      : notOurs(letters, wanted);
  return [{ name: wanted, message }];
}

/** True when the variable has a value, also through its file. */
function isSet(name: string, env: Given["env"], dotenv: Given["env"]): boolean {
  return [name, `${name}_FILE`].some((one) => (env[one] ?? dotenv[one] ?? "") !== "");
}

/**
 * Finds the variables that a name means when it has the right words in another order, or one word too few or too many:
 * SLACK_TOKEN_BOT, APP_ID, ALERT_CHANNEL_ID. Only for `.env`, because the environment has variables of many programs,
 * and only while none of these variables is set.
 */
function otherWords(name: string, has: (ours: string) => boolean): readonly Problem[] {
  const given = wordsOf(name);
  const meant = OURS.filter((ours) => !ours.endsWith("_FILE") && isClose(given, wordsOf(ours)));
  const [first, ...others] = meant;
  if (first === undefined || meant.some(has) || !/^[A-Z0-9_]+$/.test(name)) return [];
  return [{ name: first, message: notOurs(name, [first, ...others].join(" or ")) }];
}

/** Companies and names that people use for the same thing. */
const SAME_WORD: ReadonlyMap<string, string> = new Map([
  ["FACEBOOK", "META"],
  ["FB", "META"],
  ["WA", "WHATSAPP"],
]);

function wordsOf(name: string): ReadonlySet<string> {
  return new Set(name.split("_").map((word) => SAME_WORD.get(word) ?? word));
}

function isClose(given: ReadonlySet<string>, ours: ReadonlySet<string>): boolean {
  const shared = given.intersection(ours).size;
  return shared >= 2 && given.size + ours.size - 2 * shared <= 1;
}

function notOurs(name: string, wanted: string): string {
  return `${name} is not a variable of this bot. Did you mean ${wanted}? ${CORRECT}`;
}

const CORRECT = "Correct the name, or remove the variable if nothing needs it.";
