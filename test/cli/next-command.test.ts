import { describe, expect, it } from "vitest";
import { afterCheck, afterGuide, afterRound, suggest } from "../../src/cli/next-command.ts";
import type { Done } from "../../src/cli/round-text.ts";
import { guideTopics } from "../../src/guide/topics.ts";
import type { TopicId } from "../../src/guide/topic.ts";
import { aFinding, anEvidence, anUnknown, aVerdict } from "../support/builders.ts";
import { cli, createMemoryIo } from "./memory-io.ts";

const phone = { kind: "phone", id: "1002", name: null, reach: "reached", sending: null, failure: null } as const;
const complete = { assets: [phone] };
const revoked = aVerdict({ findings: [aFinding("revoked")] });

describe("the command after check", () => {
  it.each([
    ["a revoked token", revoked, {}, "guide expired"],
    ["a revoked token of a watch", revoked, { watch: "`orders`" }, "guide --watch orders expired"],
    ["a token that expires soon", aVerdict({ findings: [aFinding("expires_soon")], ...complete }), {}, "guide never"],
    [
      "a blocked app",
      aVerdict({ findings: [aFinding("scope_missing"), aFinding("app_blocked")] }),
      {},
      "guide app blocked",
    ],
    ["no answer of Meta", anUnknown(), {}, "doctor"],
    ["a configured source that is unreadable", anUnknown({ kind: "unreadable" }), {}, "doctor"],
    ["a given source that is unreadable", anUnknown({ kind: "unreadable" }), { source: "env:A" }, "check --help"],
    [
      "a server that Meta refuses",
      anUnknown({ kind: "misconfigured", evidence: anEvidence({ code: 5 }) }),
      {},
      "guide allow list",
    ],
    ["a healthy token without IDs", aVerdict(), { stdin: true }, "guide ids"],
    ["a healthy token from elsewhere", aVerdict(complete), { stdin: true }, "doctor"],
    ["a healthy watch", aVerdict(complete), {}, undefined],
  ] as const)("%s", (_what, verdict, options, command) => {
    expect(afterCheck(verdict, options)?.command).toBe(command);
  });
});

describe("the command after guide", () => {
  const topic = (id: TopicId) => guideTopics({ appName: "" }).find((one) => one.id === id);

  it.each<[string, TopicId | undefined, string | undefined, string]>([
    ["the whole guide", undefined, undefined, "check"],
    ["the overview", "overview", undefined, "guide step 1"],
    ["a step", "step-2", undefined, "guide step 3"],
    ["a step with the IDs of a watch", "step-2", "crm", "guide --watch crm step 3"],
    ["the last step", "step-5", "crm", "check --watch crm"],
    ["a topic", "live", undefined, "check"],
  ])("%s", (_what, id, watch, command) => {
    expect(afterGuide(id === undefined ? undefined : topic(id), watch).command).toBe(command);
  });
});

describe("the command after round", () => {
  const round = {
    checked: 2,
    outcomes: { healthy: 2 },
    changes: {},
    responded: 0,
    failed: 0,
    storeProblem: null,
    ownTrouble: null,
  };
  const delivery = { posts: 0, edits: 0, replies: 0, failed: 0 };

  it.each<[string, Partial<Done["round"]>, Done["delivery"], "due" | "all", string | undefined]>([
    ["all healthy", {}, delivery, "due", undefined],
    ["a check failed", { failed: 1 }, delivery, "due", "doctor"],
    ["a delivery failed", {}, { ...delivery, failed: 1 }, "due", "doctor"],
    ["Meta did not answer", { outcomes: { healthy: 1, unknown: 1 } }, undefined, "due", "doctor"],
    ["a token is expired", { outcomes: { healthy: 1, expired: 1 } }, undefined, "due", "check --watch NAME"],
    ["nothing was due", { checked: 0, outcomes: {} }, undefined, "due", "round --all"],
    ["there is nothing to check", { checked: 0, outcomes: {} }, undefined, "all", undefined],
  ])("%s", (_what, change, sent, which, command) => {
    expect(afterRound({ round: { ...round, ...change }, delivery: sent }, which)?.command).toBe(command);
  });
});

describe("the suggestion", () => {
  const next = { command: "guide step 2", use: "to see the next step" };
  const line = "Next: run `wa-token guide step 2` to see the next step.";

  it.each<[string, boolean, Readonly<Record<string, string>>, string]>([
    ["one line on a terminal", true, { NO_COLOR: "1" }, `\n${line}\n`],
    ["one dim line with colours", true, {}, `\n\u001B[2m${line}\u001B[0m\n`],
    ["nothing in a pipe", false, {}, ""],
  ])("is %s", (_what, tty, env, text) => {
    const { io, out, err } = createMemoryIo({ tty, env });
    suggest(next, io);
    expect([out(), err()]).toEqual(["", text]);
  });

  it("is missing when only stderr is a terminal", () => {
    const { io, err } = createMemoryIo({ tty: true });
    suggest(next, { ...io, stdout: { ...io.stdout, isTty: false } });
    expect(err()).toBe("");
  });

  it("follows a topic of the guide", async () => {
    expect((await cli(["guide", "step", "1"], { tty: true })).err).toContain("wa-token guide step 2");
    expect((await cli(["guide", "step", "1"])).err).toBe("");
  });
});
