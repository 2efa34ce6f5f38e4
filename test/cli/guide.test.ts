import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { findTopic } from "../../src/guide/find-topic.ts";
import { topicForFinding } from "../../src/guide/finding-topic.ts";
import { guideTopics } from "../../src/guide/topics.ts";
import { CATALOGUE } from "../../src/token/findings/catalogue.ts";
import { cli } from "./memory-io.ts";

describe("guide", () => {
  it("prints the whole guide in order, personalised", async () => {
    const { code, out, err } = await cli(["guide"], { env: { GUIDE_APP_NAME: "Example Notifier" } });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/Step 1.*Step 2.*Step 3.*Step 4.*Step 5/s);
    expect(out).toContain("Example Notifier");
  });

  it.each([
    ["a terminal", { tty: true }, "\u001B[1mStep 4: Generate"],
    ["a terminal without colours", { tty: true, env: { NO_COLOR: "1" } }, "Step 4: Generate"],
    ["a dumb terminal", { tty: true, env: { TERM: "dumb" } }, "Step 4: Generate"],
    ["a pipe", {}, "Step 4: Generate"],
  ])("has a bold heading only where colours are welcome: %s", async (_what, setting, start) => {
    expect((await cli(["guide", "step", "4"], setting)).out.startsWith(start)).toBe(true);
  });

  it("prints one topic by its words, in lines that fit", async () => {
    const { code, out } = await cli(["guide", "step", "4"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Step 4/);
    expect(out).not.toMatch(/Step 5\n/);
  });

  it.each([[["list"]], [["LIST"]]])("lists its topics for the word %j", async (typed) => {
    const { code, out, err } = await cli(["guide", ...typed]);
    expect([code, err]).toEqual([0, ""]);
    const topics = guideTopics({ appName: "" });
    expect(out.trimEnd().split("\n")).toEqual([
      "All topics:",
      ...topics.map(({ id, title }) => `  wa-token guide ${id.replaceAll("-", " ").padEnd(14)}  ${title}`),
    ]);
  });

  it("finds the topic of longer texts with the word list", async () => {
    const { out } = await cli(["guide", "allow", "list"]);
    expect(out).toMatch(/^Add this bot to the allow list/);
  });

  it("lists its topics when no topic fits", async () => {
    const { code, out, err } = await cli(["guide", "quux"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^The guide has no topic about “quux”\.\nAll topics:\n {2}\S/);
  });

  it.each([
    ["premissns", /\nDid you mean “Permissions \(scopes\) that a token needs”\? Run `wa-token guide scopes`\.\n$/],
    ["lsit", /\nDid you mean “All topics”\? Run `wa-token guide list`\.\n$/],
    ["quux", /\nRun `wa-token guide` to read the whole guide\.\n$/],
  ])("ends with the topic that %s may mean", async (typed, last) => {
    expect((await cli(["guide", typed])).err).toMatch(last);
  });

  it("names the nearest topic last, and does not print the whole guide for unknown words", async () => {
    const { code, out, err } = await cli(["guide", "premissns"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(
      /\nDid you mean “Permissions \(scopes\) that a token needs”\? Run `wa-token guide scopes`\.\n$/,
    );
    for (const { id, title } of guideTopics({ appName: "" }))
      expect(err).toMatch(new RegExp(`wa-token guide ${id.replaceAll("-", " ")} +${RegExp.escape(title)}`));
    expect(err).not.toContain("Go to business.facebook.com");
  });

  it.each([false, true])("writes terminal commands and puts button labels in quotes (terminal: %s)", async (tty) => {
    const topics = guideTopics({ appName: "" }).map(({ id }) => id.replaceAll("-", " "));
    const printed = await Promise.all([[], ...topics].map((words) => cli(["guide", words].flat(), { tty })));
    for (const { code, out } of printed) {
      expect(code).toBe(0);
      expect(out).not.toContain("/wa-token");
      const bare = tty ? stripVTControlCharacters(out) : out;
      expect(bare.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    }
    const all = printed.map(({ out }) => stripVTControlCharacters(out)).join("\n");
    for (const words of ["check", "guide step 4", "guide app secret"]) expect(all).toContain(`\`wa-token ${words}\``);
    for (const name of ["Add", "Generate token", "Assign assets", "Revoke tokens"]) expect(all).toContain(`"${name}"`);
  });

  describe("with watches", () => {
    const env = { GUIDE_APP_NAME: "Orders Bot", WATCHLIST: "/w.yml" };
    const orders = `  - name: orders
    source: dotenv:/srv/orders/.env#ORDERS_TOKEN
    phoneNumberId: "100000000000077"
    channel: C0123456789
`;
    const other = `  - name: crm
    source: file:/run/secrets/crm
    channel: C0123456789
`;
    const both = { "/w.yml": `watches:\n${orders}${other}` };

    it("shows the IDs and the token source of the named watch", async () => {
      const { code, out } = await cli(["guide", "--watch", "orders", "step", "5"], { env, files: both });
      expect(code).toBe(0);
      expect(out).toContain("Open /srv/orders/.env");
      expect(out).toContain("ORDERS_TOKEN=the_token_you_just_copied");
      expect(out).toContain("100000000000077");
      const { out: crm } = await cli(["guide", "--watch", "crm", "step", "5"], { env, files: both });
      expect(crm).toContain("/run/secrets/crm");
      expect(crm).not.toContain("100000000000077");
    });

    it("uses the only watch, and no watch if there are several", async () => {
      const only = await cli(["guide", "step", "5"], { env, files: { "/w.yml": `watches:\n${orders}` } });
      expect(only.out).toContain("ORDERS_TOKEN=");
      const several = await cli(["guide", "step", "5"], { env, files: both });
      expect(several.out).toContain("WHATSAPP_ACCESS_TOKEN=");
    });

    it("lists the watches when no watch has that name", async () => {
      const { code, err } = await cli(["guide", "--watch", "shop"], { env, files: both });
      expect(code).toBe(2);
      expect(err).toContain("The watches are: orders, crm.");
    });
  });

  it("works with a wrong configuration, and says so", async () => {
    const { code, out, err } = await cli(["guide"], { env: { PORT: "x" } });
    expect(code).toBe(0);
    expect(out).toContain("Step 1");
    expect(err).toMatch(/not personalised\. Run `wa-token doctor` to see the problems\.\n$/);
  });

  it.each([
    ...Object.keys(CATALOGUE),
    "unreachable",
    "throttled",
    "misconfigured",
    "app_blocked",
    "malformed",
    "unreadable",
  ])("has the topic that a verdict with %s points to", (code) => {
    const id = topicForFinding({ code });
    expect(findTopic(id.replaceAll("-", " "), { appName: "" })).toMatchObject({ kind: "found", topic: { id } });
  });
});
