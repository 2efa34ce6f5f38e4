// demo/ implements `npm run demo`: args.ts parses the flags, and show-page.ts serves the page of ../page/. With
// --terminal, story.ts and scenes/ contain the script, and teller.ts writes it to the screen. terminal/ draws the
// messages as Slack shows them. It may import the sandbox and, through world.ts, the real bot. To add a scene: write a
// function of the Stage in scenes/, add a line in story.ts, and add its milestone in test/sandbox/demo/.
import { openWorld } from "../world.ts";
import { HELP, parseDemoArgs } from "./args.ts";
import type { DemoIo } from "./demo-io.ts";
import { showPage } from "./show-page.ts";
import { lookupOf } from "./stage.ts";
import { closing, opening, tellStory } from "./story.ts";
import { createTeller } from "./teller.ts";
import { createPaint } from "./terminal/paint.ts";
import { STORY_WORLD } from "./watched.ts";

/** One line for a person: the cause of the failure and the next step. */
export function brokeOff(error: unknown): string {
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\.?\s*$/, "");
  return `The demo failed: ${reason.replaceAll(/\s+/g, " ")}. Run it again. If it fails again, report this line.\n`;
}

/**
 * Runs the demo and closes everything it opened.
 * @returns the exit code: 0 finished (or stopped by the person), 1 failed, 2 wrong arguments
 */
export async function runDemo(argv: readonly string[], io: DemoIo): Promise<number> {
  const args = parseDemoArgs(argv);
  if (args.kind === "help") {
    io.write(HELP);
    return 0;
  }
  if (args.kind === "refused") {
    io.complain(`${args.message}\n`);
    return 2;
  }
  try {
    await (args.kind === "page" ? showPage(io, args) : play(io, args.pauses));
    return 0;
  } catch (error) {
    if (io.stopping.aborted) {
      io.write("\nStopped. Everything is closed.\n");
      return 0;
    }
    io.complain(brokeOff(error));
    return 1;
  }
}

const [NARROWEST, WIDEST, USUAL] = [60, 100, 80];

function widthOf(columns: number | undefined): number {
  return Math.min(WIDEST, Math.max(NARROWEST, columns ?? USUAL));
}

async function play(io: DemoIo, pauses: boolean): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const world = await openWorld(STORY_WORLD);
  opened.defer(world.close);
  const pausing = pauses && io.isTerminal;
  const tell = createTeller({
    width: widthOf(io.columns),
    paint: createPaint(io.colour),
    write: io.write,
    pause: async (ms) => {
      io.stopping.throwIfAborted();
      if (pausing) await io.sleep(ms);
    },
    lookup: () => lookupOf(world),
  });
  await opening(tell, pausing);
  await tellStory(tell, world);
  await closing(tell);
}
