import { describe, expect, it } from "vitest";
import {
  bold,
  channel,
  code,
  command,
  date,
  label,
  link,
  person,
  rich,
  type Span,
} from "../../../src/guide/rich-text.ts";
import { mrkdwnText } from "../../../src/slack/kit/spans.ts";
import { plainText } from "../../../src/words/plain-text.ts";
import { NOW } from "../../support/builders.ts";

const show = (at: Date): string => at.toISOString().slice(0, 10);

const BOTH: readonly (readonly [Span, string, string])[] = [
  [{ kind: "text", text: "a & <!here> *b*" }, "a &amp; &lt;!here&gt; *b*", "a & <!here> *b*"],
  [bold("orders-prod"), "*orders-prod*", "orders-prod"],
  [label("Check now"), "*Check now*", '"Check now"'],
  [code("file:/run/token"), "`file:/run/token`", "file:/run/token"],
  [command("status orders"), "`/wa-token status orders`", "wa-token status orders"],
  [
    link("the alert", "https://example.test/1"),
    "<https://example.test/1|the alert>",
    "the alert (https://example.test/1)",
  ],
  [date(NOW), "2026-11-22", "2026-11-22"],
  [person("U0ROBIN"), "<@U0ROBIN>", "U0ROBIN"],
  [person("S0ONCALL"), "<!subteam^S0ONCALL>", "S0ONCALL"],
  [person("<!here>"), "&lt;!here&gt;", "<!here>"],
  [channel("C0ALERTS"), "<#C0ALERTS>", "C0ALERTS"],
  [channel("<!channel>"), "&lt;!channel&gt;", "<!channel>"],
];

describe("a span", () => {
  it.each(BOTH)("%j is written for Slack and as plain text", (span, slack, plain) => {
    expect(mrkdwnText([span], show)).toBe(slack);
    expect(plainText([span], { command: (words) => `wa-token ${words}`, date: show })).toBe(plain);
  });

  it("can be part of a sentence", () => {
    expect(mrkdwnText(rich`${bold("orders")} ended ${date(NOW)}.`, show)).toBe("*orders* ended 2026-11-22.");
  });
});
