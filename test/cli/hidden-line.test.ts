import { describe, expect, it } from "vitest";
import { readHiddenLine } from "../../src/cli/hidden-line.ts";

/** A terminal on which these chunks are typed. It records its mode and whether it was closed. */
const terminalOf = (...chunks: readonly string[]) => {
  const modes: (boolean | string)[] = [];
  const typed = async function* (): AsyncGenerator<string> {
    modes.push("typed");
    yield* chunks;
  };
  return { terminal: { setRawMode: (hidden: boolean) => modes.push(hidden), typed }, modes };
};

const read = (...chunks: readonly string[]): Promise<string> => readHiddenLine(terminalOf(...chunks).terminal, 100);

describe("a line that is not shown", () => {
  it.each<[string, readonly string[], string]>([
    ["pasted in one piece", ["EAAx\r"], "EAAx\n"],
    ["pasted in pieces", ["EA", "Ax", "\n"], "EAAx\n"],
    ["pasted with its line break", ["EAAx\r\n"], "EAAx\n"],
    ["a line break inside what is pasted does not end it", ["EA\rAx\r"], "EA\nAx\n"],
    ["Enter alone waits for more", ["\r", " \r", "EAAx\r"], "\n \nEAAx\n"],
    ["Ctrl-D ends it", ["EAAx\u0004"], "EAAx"],
    ["Ctrl-D alone gives nothing", ["\u0004"], ""],
    ["a terminal that goes away gives what there is", ["EAAx"], "EAAx"],
    ["mistakes can be taken back", ["EAB\u007FAy\bx\r"], "EAAx\n"],
    ["the whole line too", ["wrong\u0015EAAx\r"], "EAAx\n"],
    ["marks of pasting are no part of it", ["\u001B[200~EAAx\u001B[201~\r"], "EAAx\n"],
  ])("%s", async (_name, chunks, text) => {
    expect(await read(...chunks)).toBe(text);
  });

  it("is hidden from before the first key until the end, also after an error", async () => {
    for (const chunks of [["EAAx\r"], ["EA\u0003"], ["x".repeat(101)]]) {
      const { terminal, modes } = terminalOf(...chunks);
      await readHiddenLine(terminal, 100).catch(() => undefined);
      expect(modes).toEqual([true, "typed", false]);
    }
  });

  it.each([
    ["Ctrl-C", "EAA\u0003", /Stopped/],
    ["far too much", "x".repeat(101), /too long for a token\. Nothing was checked\. Paste only/],
  ])("%s is a usage error that does not repeat the text", async (_name, chunk, message) => {
    await expect(read(chunk)).rejects.toMatchObject({ name: "UsageError", message: expect.stringMatching(message) });
    await expect(read(chunk)).rejects.not.toThrow(/EAA|xxx/);
  });
});
