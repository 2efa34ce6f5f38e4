import type { GraphClient, GraphRequest } from "../../src/graph/client.ts";
import { createInspector } from "../../src/graph/inspector.ts";
import type { RawReply } from "../../src/graph/raw-reply.ts";
import type { Inspect } from "../../src/token/inspection.ts";
import { CLOCK } from "./local-graph.ts";

/** An answer before it is read. */
export const anAnswer = (body: unknown, status = 200, headers: RawReply["headers"] = {}): RawReply => ({
  kind: "answer",
  status,
  headers: { "content-type": "application/json", ...headers },
  text: typeof body === "string" ? body : JSON.stringify(body),
});

/** Answers without a network, so that the tests can try thousands of bodies. */
export const stubClient = (answer: (request: GraphRequest) => RawReply): GraphClient => ({
  version: "v26.0",
  now: () => CLOCK,
  get: (request) => Promise.resolve(answer(request)),
  close: () => Promise.resolve(),
});

export const stubInspect = (answer: (request: GraphRequest) => RawReply): Inspect =>
  createInspector(stubClient(answer), { now: () => CLOCK, wait: () => Promise.resolve() });
