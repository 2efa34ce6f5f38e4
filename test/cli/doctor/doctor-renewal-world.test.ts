import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../../../sandbox/world.ts";
import { fingerprintOf, Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { cli } from "../memory-io.ts";

let world: World;
let answer = "";
const app = createServer((_request, response) => response.end(answer));
let address = "";

beforeAll(async () => {
  world = await openWorld({ mode: "socket" });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const bound = app.address();
  address = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}/fingerprint`;
});

afterAll(async () => {
  app.close();
  await world.close();
});

const lineOf = (out: string, topic: string): string =>
  out.split("\n").find((line) => line.slice(11).startsWith(`${topic}: `)) ?? `no line about ${topic}`;

describe("doctor with renewals configured", () => {
  it("looks at the real place without a change of it, and asks the running app", async () => {
    const file = world.tokenFile("deployed");
    file.write(world.tokens.never);
    const path = file.source.replace(/^file:/, "");
    const folder = join(path, "..");
    const before = readdirSync(folder);
    const env = {
      ...world.env,
      RENEW_WRITE: "source",
      RENEW_PROOF: address,
      ADMIN_USERS: "U0123456789",
    };
    const used = fingerprintOf(new Secret(world.tokens.never));
    answer = used;
    const run = () => cli(["doctor"], { env, cwd: world.dataDir, now: world.clock.now });
    const fine = await run();
    expect(lineOf(fine.out, "Renewal of default")).toMatch(/^OK .*: a new token can be saved in file /);
    expect(lineOf(fine.out, "Proof of default")).toContain(`${address} uses the token of the source (${used}).`);
    expect(lineOf(fine.out, "Renewals")).toMatch(/^OK .*: 1 person may renew tokens in Slack/);
    expect(fine.code).toBe(0);

    answer = fingerprintOf(new Secret(fakeToken("behind")));
    const behind = await run();
    expect(lineOf(behind.out, "Proof of default")).toMatch(/^WARNING .* uses another token/);
    expect(behind.code).toBe(0);

    answer = "<html>";
    const broken = await run();
    expect(lineOf(broken.out, "Proof of default")).toMatch(/^NO ANSWER .*\. Then run this again\.$/);
    expect(broken.code).toBe(3);
    expect(readdirSync(folder)).toEqual(before);
  });

  it("names a place that cannot be written", async () => {
    const path = join(world.dataDir, "closed.env");
    writeFileSync(path, "WA_TOKEN=\n");
    chmodSync(path, 0o444);
    const env = { ...world.env, RENEW_WRITE: `dotenv:${path}#WA_TOKEN` };
    const { code, out } = await cli(["doctor"], { env, cwd: world.dataDir, now: world.clock.now });
    expect(lineOf(out, "Renewal of default")).toMatch(/^PROBLEM .*read-only.* Then run this again\.$/);
    expect(lineOf(out, "Renewals")).toMatch(/^WARNING .*there is no renewal from Slack/);
    expect(code).toBe(2);
  });
});
