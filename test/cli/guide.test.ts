import { describe, expect, it } from "vitest";
import { findTopic } from "../../src/guide/find-topic.ts";
import { topicForFinding } from "../../src/guide/finding-topic.ts";
import { FINDING_STATES } from "../../src/token/finding.ts";
import { cli } from "./memory-io.ts";

describe("guide", () => {
  it("prints the whole guide in order, personalised", async () => {
    const { code, out, err } = await cli(["guide"], { env: { GUIDE_APP_NAME: "Example Notifier" } });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/Step 1.*Step 2.*Step 3.*Step 4.*Step 5/s);
    expect(out).toContain("Example Notifier");
  });

  it("prints one topic by its words, in lines that fit", async () => {
    const { code, out } = await cli(["guide", "step", "4"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Step 4/);
    expect(out).not.toMatch(/Step 5\n/);
  });

  it("names its topics when the words fit none", async () => {
    const { code, out, err } = await cli(["guide", "quux"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/no topic about that\. Its topics are:\n {2}\S/);
  });

  it("works while the configuration is wrong, and says so", async () => {
    const { code, out, err } = await cli(["guide"], { env: { PORT: "x" } });
    expect(code).toBe(0);
    expect(out).toContain("Step 1");
    expect(err).toMatch(/see wa-token doctor/);
  });

  it.each([...Object.keys(FINDING_STATES), "unreachable", "throttled", "misconfigured", "malformed", "unreadable"])(
    "has the topic that a verdict with %s points to",
    (code) => {
      const id = topicForFinding(code);
      expect(findTopic(id.replaceAll("-", " "), { appName: "" })?.topic.id).toBe(id);
    },
  );
});
