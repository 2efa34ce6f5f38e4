import type { Command } from "commander";
import type { ExitCode } from "./exit-code.ts";
import type { GuideOptions } from "./guide-text.ts";
import type { Io } from "./io.ts";

const EXAMPLES = `
Examples:
  wa-token guide                 the whole guide
  wa-token guide step 4          one step
  wa-token guide system users    a topic by its words
  wa-token guide error 190       a topic by an error code or text
  wa-token guide --watch orders-prod step 5
                                 with the IDs and the token source of a watch`;

export const addGuide = (program: Command, io: Io, exit: (code: ExitCode) => void): void => {
  program
    .command("guide")
    .description("print the guide to a token that lasts, or one of its topics")
    .argument("[words...]", "words of a topic")
    .option("--watch <name>", "show the IDs and the token source of this watch")
    .addHelpText("after", EXAMPLES)
    .action(async (words: readonly string[], options: GuideOptions) =>
      exit(await (await import("./guide-text.ts")).guide(words, options, io)),
    );
};
