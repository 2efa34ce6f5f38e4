import { stripVTControlCharacters } from "node:util";
import type { VariableName } from "../../config/variables.ts";
import { oneLine, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { type Look, lookOf, type Style } from "../paint.ts";
import { withProgress } from "../progress.ts";
import { redact } from "../../token/secret/shape.ts";
import { wrapped } from "../wrapped.ts";
import type { Found, Wrong } from "./finding.ts";
import { type Questions, Stopped } from "./questions.ts";
import type { Given, Settings } from "./settings.ts";

/** The things that every step uses: the person, the values, and the output. */
export interface Desk {
  readonly ask: Questions;
  readonly settings: Settings;
  /** Writes a paragraph. */
  readonly say: (text: string, sign?: Sign) => void;
  /** Shows that a service is asked. Rejects with `Stopped` at once when the process is asked to stop. */
  readonly wait: <T>(text: string, work: () => Promise<T>) => Promise<T>;
}

type Sign = keyof typeof SIGNS;

export function openDesk(io: Io, ask: Questions, settings: Settings, stopping: AbortSignal): Desk {
  const look = lookOf(io.stdout, io.env);
  const stopped = new Promise<never>((_resolve, reject) => {
    stopping.addEventListener("abort", () => reject(new Stopped("The process was asked to stop")), { once: true });
  });
  // Nobody may be waiting when the signal comes.
  stopped.catch(() => undefined);
  return {
    ask,
    settings,
    say: (text, sign = "plain") => io.stdout.write(`${paragraph(text, sign, look)}\n`),
    wait: (text, work) => withProgress(io, text, () => Promise.race([work(), stopped])),
  };
}

/** One value that a person enters. */
export interface Wanted<T> {
  readonly name: VariableName;
  /** What the value is for, and where to click. */
  readonly explain: string;
  readonly question: string;
  readonly hidden?: boolean;
  /** Asks in another way. An empty text means that the person has no value. */
  readonly enter?: (question: string) => Promise<string>;
  /** What is missing without the value. Absent: the value is needed. */
  readonly without?: string;
  readonly check: (text: string) => Promise<Found<T>>;
}

/**
 * Checks the value that is there, or asks for one until it is right. Does not save it.
 * @returns undefined when the person leaves an optional value out, or keeps a value that nobody could check
 */
export async function settle<T>(desk: Desk, wanted: Wanted<T>): Promise<Settled<T> | undefined> {
  const { name } = wanted;
  const given = desk.settings.given(name);
  if (given !== undefined) {
    const found = await checked(desk, wanted, given.text, ` (${placeText(name, given)})`);
    if (found.ok) return { text: given.text, about: found.about };
    if (await isKept(desk, found)) return { text: given.text, about: undefined };
    if (given.place !== ".env") throw new UsageError(`${correctFirst(name, given)} Then run init again.`);
  }
  desk.say("");
  desk.say(`${name}. ${wanted.explain}`);
  for (;;) {
    const text = await entered(desk, wanted);
    if (text === undefined) return undefined;
    const found = await checked(desk, wanted, text);
    if (found.ok) return { text, about: found.about };
    if (await isKept(desk, found)) return { text, about: undefined };
  }
}

/** Settles a value that the bot needs, and saves it at once. */
export async function needed<T>(desk: Desk, wanted: Omit<Wanted<T>, "without">): Promise<Settled<T>> {
  const settled = await settle(desk, wanted);
  if (settled === undefined) throw new Error(`${wanted.name} was left out, although the bot needs it`);
  desk.settings.keep({ [wanted.name]: settled.text });
  return settled;
}

/** A value, and what it belongs to. `about` is undefined for a value that could not be confirmed. */
export interface Settled<T> {
  readonly text: string;
  readonly about: T | undefined;
}

async function isKept({ ask }: Desk, { keepable, isConfirmed }: Wrong): Promise<boolean> {
  if (!keepable) return false;
  const question = isConfirmed
    ? "Save this source anyway? The bot reports the problem when it starts."
    : "Use it although it is not confirmed?";
  return ask.confirm(question, false);
}

const SIGNS = {
  plain: { text: "", style: undefined },
  good: { text: "✓ ", style: "good" },
  warning: { text: "! ", style: "warning" },
  bad: { text: "✗ ", style: "bad" },
} as const satisfies Readonly<Record<string, { readonly text: string; readonly style: Style | undefined }>>;

function paragraph(text: string, sign: Sign, { paint, columns }: Look): string {
  const { text: marker, style } = SIGNS[sign];
  const lines = wrapped(oneLine(redact(stripVTControlCharacters(text))), columns, marker);
  return style === undefined ? lines : `${paint(style, marker.trim())}${lines.slice(marker.trim().length)}`;
}

async function entered<T>({ ask, say }: Desk, wanted: Wanted<T>): Promise<string | undefined> {
  const { question, hidden, without, name } = wanted;
  const skippable = without === undefined ? question : `${question.replace(/:$/, "")} (Enter to skip):`;
  const enter = wanted.enter ?? (() => (hidden === true ? ask.hidden(skippable) : ask.text(skippable)));
  for (;;) {
    const text = (await enter(question)).trim();
    if (text !== "") return text;
    if (without === undefined) say(`The bot needs ${name}.`, "bad");
    else {
      say(`Skipped. ${without}`, "warning");
      return undefined;
    }
  }
}

async function checked<T>(desk: Desk, { name, check }: Wanted<T>, text: string, where = ""): Promise<Found<T>> {
  const found = await desk.wait(`Checking ${name}…`, () => check(text));
  if (!found.ok) desk.say(found.problem, "bad");
  else {
    desk.say(`${found.found}${where}.`, "good");
    if (found.note !== undefined) desk.say(found.note, "warning");
  }
  return found;
}

function placeText(name: string, { place }: Given): string {
  return place === "file"
    ? `the file of ${name}_FILE`
    : `${name} in ${place === "environment" ? "the environment" : ".env"}`;
}

function correctFirst(name: string, { place }: Given): string {
  return place === "file"
    ? `Correct the file that ${name}_FILE names.`
    : `Correct or remove ${name} in the environment, which has priority over .env.`;
}
