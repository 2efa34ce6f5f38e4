import type { Watch } from "../../watch/watch.ts";

/** Reads the lines of one fleet. Pure. */
export interface FleetLines {
  /** Reads a line. A problem names keys and no values, because any value may hold a token. */
  readonly read: (text: string) => LineReading;
  /** Makes the watch of a definition that `read` returned. */
  readonly watchOf: (definition: string) => Watch;
}

export type LineReading =
  /** `definition`: the line in short, without its token. It has no line feed. */
  | {
      readonly ok: true;
      readonly name: string;
      readonly definition: string;
      /** The variables that hold its token. */
      readonly variables: readonly string[];
      /** The ID of its Meta app. Undefined without an app. */
      readonly app: string | undefined;
      /** How long before the end the bot refreshes its token by itself. Undefined: it does not. */
      readonly beforeMs: number | undefined;
    }
  /** `name`: when the line has a usable one. `isJson`: false for a line that may be cut off. */
  | { readonly ok: false; readonly name: string | undefined; readonly problem: string; readonly isJson: boolean };
