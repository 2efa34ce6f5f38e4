import type { Command } from "commander";
import type { ExitCode } from "./exit-code.ts";
import type { GuideOptions } from "./guide/guide-text.ts";
import type { Io } from "./io.ts";

export function addGuide(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  program
    .command("guide")
    .description("print the guide to a token that does not expire, or one topic of the guide")
    .argument("[words...]", "a topic, an error code or an error text; list prints all topics")
    .option("--watch <name>", "show the IDs and the token source of this watch")
    .addHelpText("after", EXAMPLES)
    // Loaded here, because a static import raises the CPU time of `--help` from 272 to 374 ms (20 runs).
    .action(async (words: readonly string[], options: GuideOptions) =>
      exit(await (await import("./guide/guide-text.ts")).guide(words, options, io)),
    );
}

const EXAMPLES = `
Examples:
  wa-token guide                 the whole guide
  wa-token guide list            all topics of the guide
  wa-token guide step 4          one step
  wa-token guide system users    the topic that fits these words
  wa-token guide error 190       the topic of an error code or error text
  wa-token guide --watch orders-prod step 5
                                 a step with the IDs and the token source of a watch`;
