import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { createGate } from "../../../sandbox/page/server/gate.ts";
import { createSignal } from "../../../sandbox/page/server/signal.ts";

it("passes changes on at once, and groups those after the first while time passes quickly", async () => {
  let flying = false;
  let passed = 0;
  const signal = createSignal();
  const gate = createGate([signal], () => flying);
  onTestFinished(gate.close);
  const later = Promise.withResolvers<void>();
  gate.onChange(() => {
    passed += 1;
    if (passed > 3) later.resolve();
  });
  signal.emit();
  signal.emit();
  expect(passed).toBe(2);

  flying = true;
  for (let change = 0; change < 100; change += 1) signal.emit();
  expect(passed).toBe(3);
  await Promise.race([later.promise, sleep(5_000)]);
  expect(passed).toBe(4);

  // The end of a journey does not wait either.
  signal.emit();
  flying = false;
  signal.emit();
  expect(passed).toBe(5);
});
