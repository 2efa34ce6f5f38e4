import { describe, expect, it } from "vitest";
import { ROTATION } from "../../../../sandbox/page/server/stories/rotation.ts";
import { type OpenPage, openPage } from "../open-page.ts";

const play = async (page: OpenPage, id: string): Promise<void> => {
  expect((await page.post("/api/story/play", { id })).status).toBe(200);
  await page.player.over();
};

// test/sandbox/demo/demo.test.ts plays every story. The page plays them with the same code.
describe("a story on the page", { timeout: 60_000 }, () => {
  it("plays to its end, with nothing that Slack refuses, and leaves its alert fixed and the page free", async () => {
    const { id, steps } = ROTATION;
    const seen: string[] = [];
    const pause = async (): Promise<void> => void seen.push("read");
    const page = await openPage("each_kind", { pause });
    follow(page, seen);
    await play(page, id);
    expectTimeBetweenCaptions(seen, steps.length);
    const { playing } = page.player.view();
    expect(playing?.caption).not.toContain("The story failed");
    expect(playing).toMatchObject({ id, step: steps.length, steps: steps.length, ended: true });
    const { slack } = page.stage().world;
    expect(
      slack
        .person("robin")
        .channelMessages("wa-alerts")
        .map(({ text }) => text),
    ).toEqual([expect.stringMatching(/^✅ \*support-prod: fixed\*/)]);
    expect(slack.rejections()).toEqual([]);
    expect((await page.post("/api/time/move", { to: "hour" })).status).toBe(200);
    await page.post("/api/story/stop", {});
    expect(page.player.view().playing).toBeNull();
  });
});

/** Notes each new caption of a story, and each journey of its clock. */
function follow({ player, stage }: OpenPage, seen: string[]): void {
  let step = 0;
  player.onChange(() => {
    const next = player.view().playing?.step ?? 0;
    if (next === step) return;
    step = next;
    seen.push(`caption ${step}`);
    if (step > 1) return;
    const { machine } = stage();
    machine.onChange(() => {
      if (machine.running() !== null) seen.push("journey");
    });
  });
}

/** No caption describes a later time than the clock shows: time passes only before a caption. */
function expectTimeBetweenCaptions(seen: readonly string[], steps: number): void {
  const captions = Array.from({ length: steps }, (_, index) => [`caption ${index + 1}`, "read", "read"]);
  expect(seen.filter((line) => line !== "journey")).toEqual(captions.flat());
  const after = seen.filter((_, index) => seen[index - 1] === "journey");
  expect(after.length).toBeGreaterThan(0);
  for (const line of after) expect(line).toMatch(/^caption/);
}

describe("a story that plays", () => {
  it("can be paused and stopped, and blocks other changes to the world until it ends", async () => {
    const page = await openPage();
    const { epoch } = page.stage();
    await page.post("/api/story/play", { id: "saturday" });
    await page.post("/api/story/pause", { paused: true });
    expect(page.player.view().playing?.paused).toBe(true);
    expect(await page.post("/api/time/move", { to: "hour" })).toMatchObject({
      status: 409,
      result: { problem: "A story is playing. Stop it first." },
    });
    expect((await page.post("/api/world/reset", {})).status).toBe(409);
    await page.post("/api/story/stop", {});
    expect(page.player.view().playing).toBeNull();
    expect(page.stage().epoch).toBe(epoch + 1);
    expect((await page.post("/api/time/move", { to: "hour" })).status).toBe(200);
    expect((await page.post("/api/story/play", { id: "none" })).status).toBe(404);
  });
});
