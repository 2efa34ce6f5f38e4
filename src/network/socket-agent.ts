import type { Duplex } from "node:stream";
import type { Dispatcher } from "undici";
import { type OpenAgent, openAgent } from "./agent.ts";
import type { Proxies } from "./proxies.ts";

/** An agent for one WebSocket at a time. */
export interface SocketAgent extends OpenAgent {
  /**
   * The outcome of the last handshake. From undici, the owner of a WebSocket learns only that it failed, not why
   * (undici 8.12.4; tried 2026-11).
   */
  readonly handshake: () => Handshake;
  /** Destroys open sockets, for a server that does not close its side, and forgets the handshake. */
  readonly cut: () => void;
}

export function openSocketAgent(proxies: Proxies = {}): SocketAgent {
  const agent = openAgent(proxies);
  let handshake: Handshake = { kind: "none" };
  const sockets = new Set<Duplex>();
  const keep = (socket: Duplex): void => {
    handshake = { kind: "open" };
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  };
  const observed = (handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler => ({
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onRequestUpgrade: (controller, status, headers, socket) => {
      keep(socket);
      handler.onRequestUpgrade?.(controller, status, headers, socket);
    },
    onResponseStart: (controller, status, headers, text) => {
      handshake = { kind: "refused", status };
      handler.onResponseStart?.(controller, status, headers, text);
    },
    onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
    onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
    onResponseError: (controller, error) => {
      // A refused handshake also ends in an abort, which must not replace its outcome.
      if (handshake.kind === "asked") handshake = { kind: "failed", error };
      handler.onResponseError?.(controller, error);
    },
  });
  return {
    dispatcher: agent.dispatcher.compose((dispatch) => (options, handler) => {
      handshake = { kind: "asked" };
      return dispatch(options, observed(handler));
    }),
    handshake: () => handshake,
    cut: () => {
      for (const socket of sockets) socket.destroy();
      handshake = { kind: "none" };
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await agent.close();
    },
  };
}

type Handshake =
  | { readonly kind: "none" | "asked" | "open" }
  /** The server responded, but did not open a WebSocket. */
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "failed"; readonly error: unknown };
