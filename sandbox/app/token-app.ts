// A small app that sends WhatsApp messages with a deployed token, as a customer's app does: it reads its token when it
// starts, and not again. It shows the fingerprint of that token. It may import node: modules and nothing of src/.
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface TokenAppOptions {
  /** The file of its token. It can be missing until the first start. */
  readonly path: string;
  readonly now: () => Date;
}

export interface TokenApp {
  /** Where it shows the fingerprint of its token, 12 hex digits. HTTP 503 before its first start. */
  readonly proofUrl: string;
  /** Starts it, or starts it again: it reads the file. */
  readonly restart: () => void;
  /** The token that it uses. Undefined before its first start. */
  readonly token: () => string | undefined;
  readonly startedAt: () => Date | undefined;
  readonly close: () => Promise<void>;
}

/** Opens the app's server on 127.0.0.1. The app itself begins with `restart`. */
export async function openTokenApp({ path, now }: TokenAppOptions): Promise<TokenApp> {
  let run: { readonly token: string; readonly at: Date } | undefined;
  const server = createServer(({ method, url }, response) => {
    if (method !== "GET" || url !== PROOF_PATH) return answer(response, 404, "not found");
    if (run === undefined) return answer(response, 503, "starting");
    answer(response, 200, fingerprintOf(run.token));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    proofUrl: `http://127.0.0.1:${port}${PROOF_PATH}`,
    restart: () => {
      run = { token: readFileSync(path, "utf8").trim(), at: now() };
    },
    token: () => run?.token,
    startedAt: () => run?.at,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const PROOF_PATH = "/token-fingerprint";

/** As docs/fingerprint.md shows it. */
function fingerprintOf(token: string): string {
  return createHmac("sha256", "wa-token/fingerprint/v1").update(token).digest("hex").slice(0, 12);
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}
