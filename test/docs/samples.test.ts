import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDocument, ROOT, tableOf } from "./markdown.ts";
import { GUIDE_PAGE, guidePage } from "./guide-page.ts";
import { SAMPLED, samples, SAMPLES_PAGE, samplesPage, shownIn } from "./samples.ts";

const operate = readDocument("docs/operate.md");

const program = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join(ROOT, "src", file), "utf8"))
  .join("\n");

/** The fixed parts of texts with placeholders. */
const PHRASES = [
  "Slack refuses ",
  "Another wa-token already runs on the database",
  "The token works, but its expiry date is not known.",
  "Meta refuses the app ID or app secret in the bot's configuration",
  "This token cannot reach the ",
  "It looks like an app token (app ID and secret)",
  "read at start; restart the bot after changing it",
  "whose debug output prints URLs with tokens in them",
  "must start with ",
  "The watchlist is empty, but the store remembers ",
  "refused this alert",
  "the Home tab of the Slack app is off",
  "the heartbeat failed",
] as const;

const shown = SAMPLED.flatMap((path) => shownIn(readDocument(path)).map((sample) => ({ path, ...sample })));

/** The formatter changes line breaks in JSON, so only keys and their order count. It pads tables with spaces. */
const settled = (page: string): string =>
  page
    .replaceAll(/ +/g, " ")
    .replaceAll(/-{3,}/g, "---")
    .replaceAll(/(```json\n)([\s\S]*?)(\n```)/g, (_all, start: string, json: string, end: string) =>
      [start, JSON.stringify(JSON.parse(json)), end].join(""),
    );

// A failure means that the program's texts changed. Run: node tools/refresh-samples.ts && npm run format
describe("samples in the documents match the program's output", () => {
  it(`${SAMPLES_PAGE} shows every sample`, () => {
    expect(settled(readDocument(SAMPLES_PAGE))).toBe(settled(samplesPage()));
  });

  it(`${GUIDE_PAGE} shows the whole guide`, () => {
    // The formatter pads tables and adds empty lines.
    const words = (page: string): string => page.replaceAll(/\s+/g, " ").replaceAll(/-{3,}/g, "---");
    expect(words(readDocument(GUIDE_PAGE))).toBe(words(guidePage()));
  });

  it.each(shown)("$path: $name", ({ name, text }) => {
    expect(text).toBe(samples[name]);
  });

  it.each(PHRASES)("docs/operate.md › Troubleshooting quotes the program: %s", (phrase) => {
    const quoted = tableOf(operate, "text").map(([text = ""]) => text);
    expect(quoted.some((text) => text.includes(phrase))).toBe(true);
    expect(program).toContain(phrase);
  });
});
