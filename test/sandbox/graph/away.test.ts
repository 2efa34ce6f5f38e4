import { expect, it } from "vitest";
import { openRig } from "./graph-rig.ts";

it("goes away and comes back on the same port with all its state", async () => {
  const { ask, graph, tokens } = await openRig();
  expect((await ask("/me", tokens.never)).status).toBe(200);
  const { url } = graph;
  await graph.goAway();
  await expect(ask("/me", tokens.never)).rejects.toThrow("fetch failed");
  await graph.goAway();
  await graph.comeBack();
  await graph.comeBack();
  expect(graph.url).toBe(url);
  expect((await ask("/me", tokens.never)).status).toBe(200);
  expect(graph.calls()).toHaveLength(2);
});

it("closing drops calls that hang", async () => {
  const { ask, graph, tokens } = await openRig();
  graph.faults.add({ kind: "hang" });
  const outcome = ask("/me", tokens.never).then(
    () => "answered",
    () => "dropped",
  );
  await expect.poll(() => graph.calls().length).toBe(1);
  await graph.close();
  expect(await outcome).toBe("dropped");
});
