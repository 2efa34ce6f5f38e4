// demo/ implements `npm run demo`: args.ts parses the flags, and show-page.ts serves the page of ../page/. With
// --terminal, play-stories.ts plays the stories of the page (../page/server/stories/), and teller.ts writes what changes
// on Robin's screen. terminal/ draws the messages as Slack shows them. It may import the sandbox and, through it, the
// real bot.
import { type DemoArgs, HELP, parseDemoArgs } from "./args.ts";
import type { DemoIo } from "./demo-io.ts";
import { playStories, type TellerOf } from "./play-stories.ts";
import { showPage } from "./show-page.ts";
import { createTeller, type Teller } from "./teller.ts";
import { createPaint } from "./terminal/paint.ts";

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
    await (args.kind === "page" ? showPage(io, args) : play(io, args));
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

type Play = Extract<DemoArgs, { readonly kind: "stories" }>;

async function play(io: DemoIo, { stories, pauses }: Play): Promise<void> {
  const pausing = pauses && io.isTerminal;
  const tellerOf: TellerOf = (lookup) =>
    createTeller({
      width: widthOf(io.columns),
      paint: createPaint(io.colour),
      write: io.write,
      pause: async (ms) => {
        io.stopping.throwIfAborted();
        if (pausing) await io.sleep(ms);
      },
      lookup,
    });
  const tell = tellerOf(() => NOBODY);
  await opening(tell, pausing);
  await playStories(stories, tellerOf, io.stopping);
  await closing(tell);
}

const NOBODY = { userName: () => undefined, channelName: () => undefined, now: new Date(0) };

/** Explains which parts are real. */
async function opening(tell: Teller, pausing: boolean): Promise<void> {
  await tell.scene("wa-token: the demo");
  await tell.caption(
    "The bot below is real. Slack and Meta's Graph API are stand-ins on 127.0.0.1. The demo needs no account and no network. " +
      "It reads neither .env nor any SLACK_*, META_* or WHATSAPP_* variable. You see exactly what the bot sends.",
  );
  await tell.caption("You look at Robin's screen. The demo has its own clock, and times are in UTC.");
  if (pausing) await tell.caption("Press Ctrl-C to stop, or use --no-pause to skip the pauses.");
}

async function closing(tell: Teller): Promise<void> {
  await tell.scene("Next steps");
  await tell.caption(
    "Run “npm run demo” to try the bot yourself, on a page in your browser. To run the bot in your own Slack, follow “Install” in README.md.",
  );
}
