import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { appSecret, openRig, phonePath, type Rig } from "./graph-rig.ts";

const hmac = (message: string, key = appSecret): string => createHmac("sha256", key).update(message).digest("hex");

const withProof = ({ ask, tokens }: Rig, query: Record<string, string>): ReturnType<Rig["ask"]> =>
  ask(`${phonePath}?${new URLSearchParams(query).toString()}`, tokens.never);

it("a right proof is accepted, required or not", async () => {
  const rig = await openRig();
  const proof = { appsecret_proof: hmac(rig.tokens.never) };
  expect((await withProof(rig, proof)).status).toBe(200);
  rig.graph.requireProof(true);
  expect((await withProof(rig, proof)).status).toBe(200);
  expect(rig.graph.calls().map((call) => call.proof)).toEqual(["right", "right"]);
});

it("a missing proof fails only when it is required", async () => {
  const rig = await openRig();
  expect((await withProof(rig, {})).status).toBe(200);
  rig.graph.requireProof(true);
  const { status, body } = await withProof(rig, {});
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 100, message: /require an appsecret_proof/ });
  rig.graph.requireProof(false);
  expect((await withProof(rig, {})).status).toBe(200);
});

it("a wrong proof fails even when none is required", async () => {
  const rig = await openRig();
  const { status, body } = await withProof(rig, { appsecret_proof: hmac(rig.tokens.never, "other secret") });
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 100, message: /Invalid appsecret_proof/ });
  expect(rig.graph.calls()).toMatchObject([{ proof: "wrong", query: { appsecret_proof: "wrong" } }]);
});

it("a timed proof is valid for five minutes", async () => {
  const rig = await openRig();
  const time = String(rig.clock.now().getTime() / 1000);
  const query = { appsecret_time: time, appsecret_proof: hmac(`${rig.tokens.never}|${time}`) };
  expect((await withProof(rig, query)).status).toBe(200);
  rig.clock.advance(301_000);
  expect((await withProof(rig, query)).body.error).toMatchObject({ message: /Invalid appsecret_proof/ });
});

it("a token of another app needs the proof of that app", async () => {
  const { ask, graph, tokens } = await openRig();
  const ours = hmac(tokens.otherApp);
  const theirs = hmac(tokens.otherApp, graph.state.apps.get("100000000000043")?.secret);
  expect((await ask(`/me?appsecret_proof=${ours}`, tokens.otherApp)).status).toBe(400);
  expect((await ask(`/me?appsecret_proof=${theirs}`, tokens.otherApp)).status).toBe(200);
});
