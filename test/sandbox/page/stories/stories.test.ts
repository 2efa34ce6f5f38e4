import { describe, expect, it } from "vitest";
import { STORIES } from "../../../../sandbox/page/server/stories/stories.ts";
import { type OpenPage, openPage } from "../open-page.ts";

const play = async (page: OpenPage, id: string): Promise<void> => {
  expect((await page.post("/api/story/play", { id })).status).toBe(200);
  await page.player.over();
};

const texts = (page: OpenPage, channel: string): readonly string[] => {
  const { slack } = page.stage().world;
  return slack
    .person("robin")
    .channelMessages(channel)
    .map(({ text }) => text);
};

describe("each story", { timeout: 60_000 }, () => {
  it.each(STORIES.map(({ id, steps }) => [id, steps.length]))(
    "%s plays to its end, with nothing that Slack refuses, and leaves its alert fixed",
    async (id, steps) => {
      const seen: string[] = [];
      const page = await openPage("each_kind", {
        pause: async () => {
          seen.push("read");
        },
      });
      follow(page, seen);
      await play(page, id);
      expectTimeBetweenCaptions(seen, steps);
      const { playing } = page.player.view();
      expect(playing?.caption).not.toContain("The story failed");
      expect(playing).toMatchObject({ id, step: steps, steps, ended: true });
      const fixed = () => texts(page, "wa-alerts").filter((text) => /^✅ \*[\w-]+: fixed\*/.test(text));
      await expect.poll(fixed, { timeout: 20_000 }).toEqual([expect.stringContaining("-prod")]);
      expect(page.stage().world.slack.rejections()).toEqual([]);
      if (id === "saturday") expectSaturday(page);
      // The story has ended, so people may use the page again.
      expect((await page.post("/api/time/move", { to: "hour" })).status).toBe(200);
      await page.post("/api/story/stop", {});
      expect(page.player.view().playing).toBeNull();
    },
  );
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

/** The alert is escalated after an hour, repeated on Sunday, and listed in Monday's digest. */
function expectSaturday(page: OpenPage): void {
  // The escalation message followed its alert to the end.
  expect(texts(page, "oncall")[0]).toMatch(
    /^✅ \*support-prod: fixed\*\n(?:.*\n)*It was escalated to on-call, because nobody responded in /,
  );
  const said = texts(page, "wa-alerts").join("\n");
  expect(said).toContain("Still not fixed");
  expect(said).toContain("Digest of");
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
