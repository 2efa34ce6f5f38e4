import { once } from "node:events";
import type { DemoIo } from "./demo-io.ts";

export interface PageArgs {
  /** 0 is a free one. */
  readonly port: number;
  readonly open: boolean;
}

const INTRODUCTION = `wa-token: the playground

The bot in it is the real one. Slack and Meta's Graph are stand-ins on 127.0.0.1: no
account, no network. Neither .env nor any SLACK_*, META_* or WHATSAPP_* variable is read.
`;

const isTaken = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "EADDRINUSE";

/** Serves the page until the person stops it. */
export async function showPage(io: Pick<DemoIo, "write" | "browse" | "stopping">, args: PageArgs): Promise<void> {
  io.write(`${INTRODUCTION}\n`);
  // Not loaded for the story, which needs none of the page's tools.
  const { openPlayground } = await import("../page/server/playground.ts");
  await using opened = new AsyncDisposableStack();
  const playground = await openPlayground({ port: args.port }).catch((error: unknown) => {
    throw isTaken(error) ? new Error(`port ${args.port} is taken; choose another or leave --port away`) : error;
  });
  opened.defer(playground.close);
  io.write(`${playground.url}\n\n`);
  const isOpened = args.open && io.browse(playground.url);
  io.write(`${isOpened ? "Your browser shows it." : "Open this address in a browser."} Ctrl-C ends it.\n`);
  if (!io.stopping.aborted) await once(io.stopping, "abort");
  io.write("\nStopped. Everything is closed.\n");
}
