import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { closeServer } from "../../src/network/close-server.ts";

const listening = async (answer: Parameters<typeof createServer>[1]): Promise<{ server: Server; port: number }> => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
};

/** Resolves with the status, or with the code of the error. */
const ask = (port: number): Promise<unknown> =>
  new Promise((resolve) => {
    get({ port, host: "127.0.0.1", agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on("error", (error) => resolve("code" in error ? error.code : error));
  });

it("waits for a request in flight", async () => {
  const asked = Promise.withResolvers<() => void>();
  const { server, port } = await listening((_request, response) => asked.resolve(() => response.end()));
  const answer = ask(port);
  const respond = await asked.promise;
  const closing = closeServer(server, 10_000);
  expect(await ask(port)).toBe("ECONNREFUSED");
  respond();
  expect(await answer).toBe(200);
  await closing;
});

it("cuts off a request that takes longer", async () => {
  const asked = Promise.withResolvers<void>();
  const { server, port } = await listening(() => asked.resolve());
  const answer = ask(port);
  await asked.promise;
  await closeServer(server, 20);
  expect(await answer).toBe("ECONNRESET");
});

it("does nothing for a server that does not listen", async () => {
  await expect(closeServer(createServer(), 10_000)).resolves.toBeUndefined();
});
