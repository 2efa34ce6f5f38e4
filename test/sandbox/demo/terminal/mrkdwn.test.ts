import { describe, expect, it } from "vitest";
import { mrkdwnLines, plainLines } from "../../../../sandbox/demo/terminal/mrkdwn.ts";
import { looks, lookup, rows } from "./rows.ts";

const seconds = (at: string): number => new Date(at).getTime() / 1000;

describe("mrkdwn in a terminal", () => {
  it.each([
    ["*Ends* never", "bold:Ends| never"],
    ["a _little_ ~wrong~ word", "a |italic:little| |strike:wrong| word"],
    ["set `WHATSAPP_ACCESS_TOKEN` now", "set |code:WHATSAPP_ACCESS_TOKEN| now"],
    ["`a*b*c` and `<x>`", "code:a*b*c| and |code:<x>"],
    ["whatsapp_business_messaging is *not_a_word*", "whatsapp_business_messaging is |bold:not_a_word"],
    ["_(GET /debug_token, HTTP 200)_", "italic:(GET /debug_token, HTTP 200)"],
    ["*bold with `code`*", "bold:bold with |code:bold:code"],
    ["2 * 3 * 4 and a_b_c", "2 * 3 * 4 and a_b_c"],
    ["a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"],
    ["ask <@U1> in <#C1>, <!here>", "ask |mention:@robin| in |mention:#wa-alerts|, |mention:@here"],
    ["<@U9> and <#C9|elsewhere>", "mention:@U9| and |mention:#elsewhere"],
    ["see <https://example.org/a?b=c|the page>", "see |underline:the page"],
    ["see <https://example.org/a?b=1&amp;c=2>", "see |underline:https://example.org/a?b=1&c=2"],
  ])("%s", (text, expected) => {
    expect(looks(mrkdwnLines(text, lookup)[0])).toBe(expected);
  });

  it.each([
    ["2026-11-22T08:05:00Z", "{date_short_pretty} {time}", "today 08:05 UTC"],
    ["2026-11-23T00:00:00Z", "{date_short_pretty}", "tomorrow"],
    ["2026-11-21T23:59:00Z", "{date_pretty}", "yesterday"],
    ["2026-12-27T09:00:00Z", "{date_short_pretty} {time}", "Dec 27, 2026 09:00 UTC"],
    ["2026-12-27T09:00:00Z", "{date}", "December 27, 2026"],
    ["2026-12-27T09:00:00Z", "{date_long}", "Sunday, December 27, 2026"],
    ["2026-12-27T09:00:07Z", "{date_num} {time_secs}", "2026-12-27 09:00:07 UTC"],
    ["2026-12-27T09:00:00Z", "on {date_short} {nonsense}", "on Dec 27, 2026 {nonsense}"],
  ])("shows the instant %s as %s in UTC", (at, format, expected) => {
    expect(rows(mrkdwnLines(`<!date^${seconds(at)}^${format}|other>`, lookup))).toEqual([expected]);
  });

  it("shows the fallback of an invalid date", () => {
    expect(rows(mrkdwnLines("<!date^soon^{date}|27 Nov &amp; later>", lookup))).toEqual(["27 Nov & later"]);
  });

  it("shows plain text literally and removes characters that move the cursor", () => {
    expect(rows(plainLines("*a* <@U1>\n\u001B[2Jb\u202Ec\td"))).toEqual(["*a* <@U1>", "[2Jbc d"]);
  });
});
