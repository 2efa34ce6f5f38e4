import { describe, expect, it } from "vitest";
import type { Needs } from "../../src/token/inspection.ts";
import { type CannedAnswer, startGraph } from "./local-graph.ts";
import { APP_ID, facts, needs, phone, PHONE, run, SCOPES, type Script, SECRET, WABA } from "./script.ts";

const named = (id: string): CannedAnswer => ({ body: { id, name: "Example" } });
const permissions: CannedAnswer = { body: { data: SCOPES.map((permission) => ({ permission, status: "granted" })) } };
const healthy: Script = {
  "/debug_token": facts(),
  [`/${PHONE}`]: phone,
  [`/${WABA}`]: named(WABA),
  "/me": named("100000000000007"),
  "/me/permissions": permissions,
  "/app": named(APP_ID),
};

const both = { phoneNumberId: PHONE, whatsappBusinessAccountId: WABA };

const CALLS: readonly [string, Needs, readonly string[]][] = [
  ["with the app secret", needs(), ["/debug_token"]],
  ["and a phone number", needs({ phoneNumberId: PHONE }), [`/${PHONE}`, "/debug_token"]],
  ["and a phone number and an account", needs(both), [`/${WABA}`, `/${PHONE}`, "/debug_token"]],
  ["without the app secret", needs({ app: undefined }), ["/app", "/me", "/me/permissions"]],
];

describe("the calls of one inspection of a healthy token without an end", () => {
  it.each(CALLS)("%s", async (_, what, expected) => {
    const { result, paths } = await run(healthy, what);
    expect(result.ok).toBe(true);
    expect(paths.toSorted()).toEqual(expected.toSorted());
  });
});

// undici gives an answer to its caller a moment before the connection is free for the next request. A caller that asks
// at once can therefore use two connections in turn.
const PER_CALLER = 2;

describe("connections", () => {
  const answer = ({ path }: { readonly path: string }): CannedAnswer =>
    path.endsWith("/debug_token") ? facts() : phone;

  it("serve many inspections one after the other", async () => {
    await using graph = await startGraph(answer);
    for (let turn = 0; turn < 10; turn++) {
      const result = await graph.inspect(SECRET, needs({ phoneNumberId: PHONE }));
      expect(result.ok).toBe(true);
    }
    expect(graph.seen).toHaveLength(20);
    expect(graph.connections.opened).toBeLessThanOrEqual(PER_CALLER);
    expect(graph.connections.closed).toBe(0);
  });

  it("serve many inspections side by side", async () => {
    await using graph = await startGraph(answer);
    const worker = async (): Promise<void> => {
      for (let turn = 0; turn < 10; turn++) {
        const result = await graph.inspect(SECRET, needs({ phoneNumberId: PHONE }));
        expect(result.ok).toBe(true);
      }
    };
    await Promise.all(Array.from({ length: 5 }, worker));
    expect(graph.seen).toHaveLength(100);
    expect(graph.connections.opened).toBeLessThanOrEqual(5 * PER_CALLER);
    expect(graph.connections.closed).toBe(0);
  });

  it("stay open after an error of Graph", async () => {
    let asked = 0;
    await using graph = await startGraph(() =>
      asked++ === 0 ? { status: 400, body: { error: { code: 4, message: "limit" } } } : facts(),
    );
    expect((await graph.inspect(SECRET, needs())).ok).toBe(false);
    expect((await graph.inspect(SECRET, needs())).ok).toBe(true);
    expect(graph.connections.opened).toBeLessThanOrEqual(PER_CALLER);
    expect(graph.connections.closed).toBe(0);
  });
});
