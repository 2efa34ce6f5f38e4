import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openTokenApp } from "../../../sandbox/app/token-app.ts";
import { fingerprintOf, Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";

it("uses the token of its last start, and shows the fingerprint that the bot computes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wa-token-app-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "token");
  const app = await openTokenApp({ path, now: () => new Date(0) });
  onTestFinished(app.close);
  const shown = async (): Promise<readonly [number, string]> => {
    const answer = await fetch(app.proofUrl);
    return [answer.status, await answer.text()];
  };
  expect(await shown()).toEqual([503, "starting"]);
  const [first, second] = [fakeToken("app/first"), fakeToken("app/second")];
  writeFileSync(path, `${first}\n`);
  app.restart();
  writeFileSync(path, `${second}\n`);
  expect(await shown()).toEqual([200, fingerprintOf(new Secret(first))]);
  app.restart();
  expect(await shown()).toEqual([200, fingerprintOf(new Secret(second))]);
  expect((await fetch(new URL("/", app.proofUrl))).status).toBe(404);
});
