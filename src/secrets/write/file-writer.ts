import type { Held, TokenWriter, Written } from "../../renewal/ports.ts";
import { fingerprintOf, reveal, Secret } from "../../token/secret/secret.ts";
import { redact } from "../../token/secret/shape.ts";
import { valueIn, withValue } from "./content.ts";
import type { Machine } from "./disk.ts";
import { type FileTarget, labelOf, placeOf } from "./file-target.ts";
import { isMissing, openOwn } from "./open-own.ts";
import { replaceFile } from "./replace.ts";
import { lookAt, type Name, type Spot } from "./spot.ts";
import { createTemporaries, syncFolder, unlinkIfThere } from "./temporary.ts";
import { inTurns } from "./turns.ts";
import { withoutTrouble } from "./write-trouble.ts";

/** Saves tokens in files and in single variables of .env files. */
export function createFileWriter(machine: Machine): FileWriter {
  const temporaries = createTemporaries(machine);
  const takeTurn = inTurns();
  const { disk } = machine;

  /** Leftovers do no harm to a save, so a failure here does not stop it. */
  const left = (at: Name): Promise<readonly string[]> =>
    withoutTrouble(
      () => temporaries.left(at),
      () => [],
    );

  /** Removes them. A second name of the file is then gone. */
  const clean = (at: Name): Promise<readonly string[]> =>
    withoutTrouble(
      async () => {
        for (const path of await temporaries.left(at)) await unlinkIfThere(disk, path);
        return [];
      },
      () => [],
    );

  /** The checked file and its present value, or the problem. */
  const open = async (target: FileTarget, leftovers = left): Promise<Opened> => {
    const look = await lookAt(target.path, machine, leftovers);
    if (!look.ok) return look;
    const { spot } = look;
    const text = spot.found?.text ?? "";
    const reading = valueIn(target, text);
    if (!reading.ok) return reading;
    if (withValue(target, text, PROBE) === undefined) return { ok: false, problem: NOT_CHANGEABLE };
    return { ok: true, spot, value: reading.text, kept: previousPath(spot, target) };
  };

  /** Writes only while the present value is `expected`. Another key of the same file may change meanwhile. */
  const write = async (target: FileTarget, value: string, isExpected: IsExpected, keep: boolean): Promise<Written> => {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const opened = await open(target, clean);
      if (!opened.ok) return refused(target, opened.problem);
      const { spot, kept } = opened;
      // Without an old value, an older `.previous` must not come back later.
      if (keep && isExpected(opened.value) && ["", value].includes(opened.value)) await unlinkIfThere(disk, kept);
      if (opened.value === value) return { ok: true };
      if (!isExpected(opened.value)) return { ok: false, kind: "changed" };
      const text = withValue(target, spot.found?.text ?? "", value);
      if (text === undefined) return refused(target, NOT_CHANGEABLE);
      const previous = keep && opened.value !== "" ? { path: kept, value: opened.value } : undefined;
      if (await replaceFile(spot, { text, previous }, machine, temporaries)) return { ok: true };
    }
    return { ok: false, kind: "changed" };
  };

  const readPrevious = async (target: FileTarget): Promise<Previous> => {
    const look = await lookAt(target.path, machine, left);
    if (!look.ok) return { ok: false, message: redact(`Cannot use ${labelOf(target)}: ${look.problem}`) };
    const path = previousPath(look.spot, target);
    try {
      const reading = await openOwn(disk, path, look.spot.self);
      return reading.ok
        ? { ok: true, text: reading.text.trim() }
        : { ok: false, message: cannotRead(path, reading.problem) };
    } catch (error) {
      if (!isMissing(error)) throw error;
      return { ok: true, text: "" };
    }
  };

  const removePrevious = async (target: FileTarget): Promise<void> => {
    const look = await lookAt(target.path, machine, left);
    if (!look.ok) return;
    await unlinkIfThere(disk, previousPath(look.spot, target));
    await syncFolder(disk, look.spot.folder);
  };

  const dropPrevious = (target: FileTarget): Promise<void> =>
    withoutTrouble(
      () => removePrevious(target),
      () => undefined,
    );

  const putBack = async (target: FileTarget, ours: string): Promise<Written> => {
    const previous = await readPrevious(target);
    if (!previous.ok) return { ok: false, kind: "failed", message: previous.message };
    if (previous.text === "") return refused(target, NO_PREVIOUS);
    const isOurs: IsExpected = (value) => fingerprintOf(new Secret(value)) === ours;
    const written = await write(target, previous.text, isOurs, false);
    if (!written.ok) return written;
    const back = await open(target);
    if (!back.ok || back.value !== previous.text) return { ok: false, kind: "changed" };
    await dropPrevious(target);
    return written;
  };

  const orFailed = (target: FileTarget) => (problem: string) => refused(target, problem);
  const orUnreadPrevious =
    (target: FileTarget) =>
    (problem: string): Held => ({ ok: false, message: cannotRead(previousPath(target, target), problem) });
  const orUnread = (target: FileTarget) => (problem: string) => unread(target, problem);
  return {
    check: (target) =>
      withoutTrouble(async () => {
        const opened = await open(target);
        return opened.ok ? held(opened.value) : unread(target, opened.problem);
      }, orUnread(target)),
    save: (target, secret, expected) =>
      withoutTrouble(() => {
        const before = expected === null ? "" : reveal(expected);
        return takeTurn(turnOf(target), () => write(target, reveal(secret), (value) => value === before, true));
      }, orFailed(target)),
    previous: (target) =>
      withoutTrouble(async () => {
        const reading = await readPrevious(target);
        return reading.ok ? held(reading.text) : reading;
      }, orUnreadPrevious(target)),
    putBack: (target, ours) =>
      withoutTrouble(() => takeTurn(turnOf(target), () => putBack(target, ours)), orFailed(target)),
    dropPrevious,
    clean: (target) =>
      withoutTrouble(
        async () => void (await lookAt(target.path, machine, clean)),
        () => undefined,
      ),
  };
}

type FileWriter = {
  readonly [Method in keyof TokenWriter]: TokenWriter[Method] extends (
    target: never,
    ...rest: infer Rest
  ) => infer Result
    ? (target: FileTarget, ...rest: Rest) => Result
    : never;
};

type Opened =
  | { readonly ok: true; readonly spot: Spot; readonly value: string; readonly kept: string }
  | { readonly ok: false; readonly problem: string };

type Previous = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

type IsExpected = (value: string) => boolean;

/** Other programs may change other keys of the same file, but not all the time. */
const MOST_ATTEMPTS = 3;

/** As long as a token, and with all its kinds of characters. */
const PROBE = "Probe-_0".repeat(25);

const NO_PREVIOUS = "there is no old value to put back.";

const NOT_CHANGEABLE =
  "the bot cannot change this value and keep the rest of the file as it is, for example because a quotation mark is not closed. Correct the lines around it.";

/** Variables of one file share its turn. */
function turnOf({ path }: FileTarget): string {
  return placeOf({ kind: "file", path }).key;
}

function previousPath({ path }: Pick<Spot, "path">, target: FileTarget): string {
  return target.kind === "file" ? `${path}.previous` : `${path}.${target.name}.previous`;
}

function held(value: string): Held {
  return { ok: true, secret: value === "" ? null : new Secret(value) };
}

function unread(target: FileTarget, problem: string): Held & { readonly ok: false } {
  return { ok: false, message: sentence(target, problem) };
}

function refused(target: FileTarget, problem: string): Written {
  return { ok: false, kind: "failed", message: sentence(target, problem) };
}

function cannotRead(path: string, problem: string): string {
  return redact(`Cannot read ${path}: ${problem}`);
}

function sentence(target: FileTarget, problem: string): string {
  return redact(`Cannot save to ${labelOf(target)}: ${problem}`);
}
