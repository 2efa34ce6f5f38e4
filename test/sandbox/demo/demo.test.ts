import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { brokeOff, runDemo } from "../../../sandbox/demo/demo.ts";
import type { DemoIo } from "../../../sandbox/demo/demo-io.ts";
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

describe("the demo", { timeout: 30_000 }, () => {
  it.each([
    { columns: 200, widest: 100, colour: false },
    { columns: 20, widest: 60, colour: true },
  ])("uses $widest of $columns columns, and pauses on a terminal", async ({ columns, widest, colour }) => {
    const { io, out, pauses } = aScreen({ columns, colour });
    expect(await runDemo(["--terminal"], io)).toBe(0);
    const text = out.join("");
    expect(text.includes("\u001B[")).toBe(colour);
    const rows = stripVTControlCharacters(text).split("\n");
    expect(Math.max(...rows.map(widthOf))).toBe(widest);
    expect(pauses).toHaveLength(out.length);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(4000);
  });

  it("does not pause when told not to", async () => {
    const { io, pauses } = aScreen();
    expect(await runDemo(["--terminal", "--no-pause"], io)).toBe(0);
    expect(pauses).toEqual([]);
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
