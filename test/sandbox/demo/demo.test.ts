import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { brokeOff, runDemo } from "../../../sandbox/demo/demo.ts";
import type { DemoIo } from "../../../sandbox/demo/demo-io.ts";
import { STORIES } from "../../../sandbox/page/server/stories/stories.ts";
import { widthOf } from "../../../sandbox/demo/terminal/width.ts";

interface Screen {
  readonly io: DemoIo;
  readonly out: string[];
  readonly err: string[];
  readonly pauses: number[];
}

const aScreen = (given: Partial<DemoIo> = {}): Screen => {
  const [out, err, pauses]: [string[], string[], number[]] = [[], [], []];
  const io: DemoIo = {
    write: (text) => out.push(text),
    complain: (text) => err.push(text),
    isTerminal: true,
    columns: 80,
    colour: false,
    sleep: async (ms) => pauses.push(ms),
    browse: () => false,
    stopping: new AbortController().signal,
    ...given,
  };
  return { io, out, err, pauses };
};

/** Without the line breaks of the terminal. */
const words = (text: string): string => text.replaceAll("\n", " ");

/** What the stories show, in this order. */
const MILESTONES = [
  "━━ 1 of 4: A Saturday expiry ━━",
  "🟠 support-prod: token expiring",
  "⏱ Saturday, November 28, 2026, 15:00 UTC",
  "Escalated to on-call",
  "#oncall  wa-token",
  "Still not fixed: support-prod",
  "Digest of",
  "✅ support-prod: fixed",
  "It was escalated to on-call, because nobody responded in ",
  "━━ 2 of 4: A revoked token that never expires ━━",
  "✅ orders-prod: fixed",
  "━━ 3 of 4: A rotation done right ━━",
  "▸ Robin presses [ Walk step by step ]",
  "Step 1: Open Business Settings",
  "╭─ Check a token ",
  "180 characters typed ]",
  "▸ Robin presses [ Check ]",
  "╭─ Check result ",
  "✅ Healthy: works",
  "✅ support-prod: fixed",
  "⏱ Wednesday, November 25, 2026, 08:15 UTC",
  "━━ 4 of 4: A 60-day token renewed in Slack ━━",
  "▸ Robin presses [ Renew… ]",
  "(•) Refresh",
  "support-prod: new token saved, use not proven",
  "▸ Robin presses [ End old token… ]",
  "✅ support-prod: token renewed",
  "━━ Next steps ━━",
];

describe("the demo", { timeout: 30_000 }, () => {
  it("plays every story of the page in order, in at most 100 columns, and does not pause when told not to", async () => {
    const { io, out, err, pauses } = aScreen({ columns: 200 });
    expect(await runDemo(["--terminal", "--no-pause"], io)).toBe(0);
    expect(err).toEqual([]);
    const text = out.join("");
    let from = 0;
    for (const milestone of MILESTONES) {
      const at = text.indexOf(milestone, from);
      expect(at, `"${milestone}" after character ${from} of the stories`).toBeGreaterThanOrEqual(0);
      from = at + milestone.length;
    }
    const captions = STORIES.flatMap(({ steps }) => steps.map(({ caption }) => caption));
    const parts = text.split("\n\n").map(words);
    expect(parts.filter((part) => captions.includes(part))).toEqual(captions);
    // No caption describes a later time than the clock shows: time passes only before a caption.
    const afterTimes = parts.filter((_, index) => parts[index - 1]?.startsWith("⏱") === true);
    expect(captions).toEqual(expect.arrayContaining(afterTimes));
    expect(text).not.toMatch(/EAA[A-Za-z0-9]{10}/);
    expect(text).not.toContain("\u001B");
    expect(Math.max(...text.split("\n").map(widthOf))).toBe(100);
    expect(pauses).toEqual([]);
  });

  it("plays one story in colour, pauses on a terminal, and needs 60 columns", async () => {
    const { io, out, pauses } = aScreen({ columns: 20, colour: true });
    expect(await runDemo(["--terminal", "--story", "revoked"], io)).toBe(0);
    const text = out.join("");
    expect(text).toContain("\u001B[");
    const rows = stripVTControlCharacters(text).split("\n");
    expect(Math.max(...rows.map(widthOf))).toBe(60);
    expect(pauses).toHaveLength(out.length);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(4000);
  });

  it("ends cleanly when it is stopped in the middle of a story", async () => {
    const stopping = new AbortController();
    const { io, out, err } = aScreen({ stopping: stopping.signal });
    const write = (text: string): void => {
      io.write(text);
      if (text.includes("Robin types")) stopping.abort();
    };
    expect(await runDemo(["--terminal", "--story=revoked"], { ...io, write })).toBe(0);
    expect(err).toEqual([]);
    expect(out.slice(-2).map((text) => text.trim())).toEqual([
      "▸ Robin types /wa-token status orders-prod",
      "Stopped. Everything is closed.",
    ]);
  });

  it("says which port is taken, and what to do", async () => {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { io, err } = aScreen();
    expect(await runDemo(["--port", String(port)], io)).toBe(1);
    expect(err.join("")).toMatch(new RegExp(`^The demo failed: port ${port} is in use; choose another .*\\n$`));
  });

  it("refuses a flag it does not know, in one sentence", async () => {
    const { io, out, err } = aScreen();
    expect(await runDemo(["--prot"], io)).toBe(2);
    expect(out).toEqual([]);
    expect(err.join("")).toMatch(/^The demo does not know --prot\. .*\n$/);
  });

  it("shows its help without opening anything", async () => {
    const { io, out } = aScreen();
    expect(await runDemo(["--help"], io)).toBe(0);
    expect(out.join("")).toMatch(/^Usage: npm run demo/);
  });

  it("prints one line with the cause when it fails", async () => {
    const { io, err } = aScreen({
      write: () => {
        throw new Error("the screen\nis gone.");
      },
    });
    expect(await runDemo(["--terminal"], io)).toBe(1);
    expect(err).toEqual(["The demo failed: the screen is gone. Run it again. If it fails again, report this line.\n"]);
    expect(brokeOff("odd")).toBe("The demo failed: odd. Run it again. If it fails again, report this line.\n");
  });
});
