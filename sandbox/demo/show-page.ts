import { once } from "node:events";
import type { DemoIo } from "./demo-io.ts";

export interface PageArgs {
  /** 0 selects a free port. */
  readonly port: number;
  readonly open: boolean;
}

/** Serves the page until the person stops the demo. */
export async function showPage(io: Pick<DemoIo, "write" | "browse" | "stopping">, args: PageArgs): Promise<void> {
  io.write(`${INTRODUCTION}\n`);
  // Loaded here because the story in the terminal does not need the page's tools.
  const { openPlayground } = await import("../page/server/playground.ts");
  await using opened = new AsyncDisposableStack();
  const playground = await openPlayground({ port: args.port }).catch((error: unknown) => {
    throw isTaken(error) ? new Error(`port ${args.port} is in use; choose another port or leave out --port`) : error;
  });
  opened.defer(playground.close);
  io.write(`${playground.url}\n\n`);
  const isOpened = args.open && io.browse(playground.url);
  io.write(
    `${isOpened ? "The page opens in your browser." : "Open this address in a browser."} Press Ctrl-C to stop.\n`,
  );
  if (!io.stopping.aborted) await once(io.stopping, "abort");
  io.write("\nStopped. Everything is closed.\n");
}

const INTRODUCTION = `wa-token: the playground

The bot is real. Slack and Meta's Graph API are stand-ins on 127.0.0.1. The playground
needs no account and no network. It reads neither .env nor any SLACK_*, META_* or
WHATSAPP_* variable.
`;

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
