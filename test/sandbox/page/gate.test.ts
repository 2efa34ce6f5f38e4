import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { createGate } from "../../../sandbox/page/server/gate.ts";
import { createSignal } from "../../../sandbox/page/server/signal.ts";

it("passes changes on at once, and groups them while time passes quickly", async () => {
  let flying = false;
  let passed = 0;
  const signal = createSignal();
  const gate = createGate([signal], () => flying);
  onTestFinished(gate.close);
  const next = Promise.withResolvers<void>();
  gate.onChange(() => {
    passed += 1;
    if (flying) next.resolve();
  });
  signal.emit();
  signal.emit();
  expect(passed).toBe(2);

  flying = true;
  for (let change = 0; change < 100; change += 1) signal.emit();
  expect(passed).toBe(2);
  await Promise.race([next.promise, sleep(5_000)]);
  expect(passed).toBe(3);
});
