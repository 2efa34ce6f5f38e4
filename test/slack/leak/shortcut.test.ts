import { WebAPIPlatformError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { createLogger } from "../../../src/log.ts";
import type { SlackDeps } from "../../../src/slack/requests/deps.ts";
import { button } from "../../../src/slack/kit/blocks.ts";
import { fingerprintOf, Secret } from "../../../src/token/secret/secret.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import { aCard, anUnknown, aVerdict, NOW } from "../../support/builders.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { aRecord, brokenStore, storeOf } from "../support/records.ts";
import { ANNA, aCheckOutcome, createHarness, type Harness, only, whats, written } from "../support/harness.ts";
import { bookOf } from "../../../src/watch/watch-book.ts";

const token = fakeToken("leaked");
const fingerprint = fingerprintOf(new Secret(token));

const verdictOf = (fields: Partial<Verdict> = {}, held = fingerprint): Verdict => {
  const base = aVerdict();
  return { ...base, token: base.token === null ? null : { ...base.token, fingerprint: held }, ...fields };
};

/** The watch orders-prod has the leaked token. */
const held: Partial<SlackDeps> = {
  ...storeOf([aRecord("orders-prod", { verdict: verdictOf() })]),
  cards: bookOf([{ ...aCard({ consumers: ["checkout", "crm"] }), sourceNote: null }]),
};

const renewals = (admin: string): Pick<SlackDeps, "offerRenewal"> => ({
  offerRenewal: {
    admins: new Set([admin]),
    button: (watch) => button({ id: "renewal.renew", text: "Renew…", value: watch }),
  },
});

/** Answers the checks in this order, and all further ones as the last. */
const answering = (...verdicts: readonly [Verdict, ...Verdict[]]): Pick<SlackDeps, "checker"> => {
  const left = [...verdicts];
  return {
    checker: {
      checkToken: (_secret, watch) => {
        const verdict = (left.length > 1 ? left.shift() : left[0]) ?? verdicts[0];
        return Promise.resolve(aCheckOutcome({ verdict, watch: watch ?? null }));
      },
      checkWatch: () => Promise.reject(new Error("not used")),
    },
  };
};

/** The blocks of the result in the modal. */
const result = (harness: Harness): string => written(only(harness, "update").view?.blocks);

/** Everything that left the bot: to Slack, to its log, to its audit. */
const left = ({ deeds, lines, errors }: Harness): string => written([deeds, lines, errors.map(String)]);

describe("Check for a leaked token", () => {
  it("answers privately at once, then checks, shows the result and records it", async () => {
    const harness = createHarness(held);
    await harness.shortcut({ type: "message", text: `use ${token}`, user: "U0BEN", ts: "1.0" });
    expect(whats(harness)).toBe("ack open check wait update record");
    expect(written(only(harness, "open"))).toContain("Checking the message…");
    expect(only(harness, "check")).toEqual({ typed: true, watch: "orders-prod" });
    expect(only(harness, "update")).toMatchObject({ view_id: "V0OPEN" });
    expect(only(harness, "record")).toEqual([
      {
        kind: "private_check",
        at: NOW,
        by: { kind: "slack", user: ANNA },
        watch: "orders-prod",
        fingerprint,
        state: "healthy",
      },
    ]);
    expect(harness.errors).toEqual([]);
  });

  it("names the end of the token, its watch and who needs it, and what to do", async () => {
    const harness = createHarness(held);
    await harness.shortcut({ text: token });
    const said = result(harness);
    for (const part of [
      "🔴 This token is alive",
      `\`${token.slice(-8)}\``,
      "Deployed in *orders-prod*",
      "checkout and crm need it",
      "Evidence: GET /debug_token, HTTP 200",
      "Delete the message.",
      "`/wa-token guide step 4`",
      "Revoke the leaked token right after the new token is in use",
      "*Revoke tokens*",
      "sending stops until a new token is in use",
      "https://business.facebook.com/",
    ])
      expect(said).toContain(part);
  });

  it("never repeats the token, also when every answer does", async () => {
    const leaky = anUnknown({ message: `Meta said ${token}` });
    for (const fields of [held, { ...held, ...answering(verdictOf()) }, answering(leaky)]) {
      const base = createHarness();
      const logged: string[] = [];
      const update = () => Promise.reject(new Error(`refused ${token}`));
      const harness = createHarness({
        ...fields,
        log: createLogger({ level: "trace", to: { write: (line) => logged.push(line) } }),
        people: { ...base.deps.people, views: { ...base.deps.people.views, update } },
        record: () => Promise.reject(new Error(`cannot save ${token}`)),
      });
      await harness.shortcut({ text: token, files: [{ name: token }] });
      expect(whats(base)).toBe("open dm");
      for (let at = 0; at + 12 <= token.length - 8; at += 12)
        expect([left(base), left(harness), ...logged].join()).not.toContain(token.slice(at, at + 12));
    }
  });

  it("offers a renewal to an admin when a watch has the token", async () => {
    const harness = createHarness({ ...held, ...renewals(ANNA) });
    await harness.shortcut({ text: token });
    expect(result(harness)).toContain('"action_id":"renewal.renew"');
    expect(result(harness)).toContain("press *Renew…*");
    expect(result(harness)).toContain("press *End old token* in the message of the renewal");
  });

  it("names the admins to other people, without a button", async () => {
    const harness = createHarness({ ...held, ...renewals("U0ROBIN") });
    await harness.shortcut({ text: token });
    expect(result(harness)).not.toContain("renewal.renew");
    expect(result(harness)).toContain("Ask <@U0ROBIN> to renew the token now");
  });

  it("offers no renewal of a token that no watch has, and names its app", async () => {
    const harness = createHarness({ ...renewals(ANNA), ...answering(verdictOf()) });
    await harness.shortcut({ text: token });
    expect(result(harness)).not.toContain("renewal.renew");
    expect(result(harness)).toMatch(/No watch has it\. Its Meta app is/);
    expect(result(harness)).toContain("Find the app that uses the token");
    expect(only(harness, "record")).toMatchObject([{ watch: null }]);
  });

  it.each<[string, Partial<Verdict>, RegExp, RegExp]>([
    ["dead", { state: "revoked", alive: false }, /⛔ This token does not work/, /Nothing is left to revoke/],
    ["expired", { state: "expired", alive: false }, /no longer works \(expired\)/, /Nothing is left to revoke/],
    [
      "refused",
      { state: "invalid", alive: false },
      /Meta does not accept it/,
      /part of a token, treat the whole token/,
    ],
    ["degraded", { state: "degraded", alive: true }, /🔴 This token is alive/, /right after the new token is in use/],
    ["not answered", { state: "unknown", alive: null, token: null }, /❔ The bot could not check/, /Treat it as alive/],
  ])("says what a token is that is %s", async (_what, fields, head, todo) => {
    const harness = createHarness(answering(verdictOf({ findings: [], ...fields })));
    await harness.shortcut({ text: token });
    expect(result(harness)).toMatch(head);
    expect(result(harness)).toMatch(todo);
    expect(result(harness)).toContain("Delete the message.");
  });

  it("does not say that nothing is left to revoke beside a token that may be a part of a living one", async () => {
    const dead = verdictOf({ state: "revoked", alive: false });
    const refused = verdictOf({ state: "invalid", alive: false });
    const harness = createHarness(answering(dead, refused));
    await harness.shortcut({ text: `${fakeToken("first")} ${fakeToken("second")}` });
    expect(result(harness)).toMatch(/part of a token, treat the whole token/);
    expect(result(harness)).not.toContain("Nothing is left to revoke");
  });

  it("says that the watch of a dead token needs a new one", async () => {
    const harness = createHarness({ ...held, ...answering(verdictOf({ state: "revoked", alive: false })) });
    await harness.shortcut({ text: token });
    expect(result(harness)).toContain("The watch needs a new token. Nothing is left to revoke.");
  });

  it("checks up to five tokens, and counts the others", async () => {
    const harness = createHarness();
    await harness.shortcut({ text: Array.from({ length: 7 }, (_, at) => fakeToken(`many-${at}`)).join(" ") });
    expect(harness.deeds.filter(({ what }) => what === "check")).toHaveLength(5);
    expect(result(harness)).toContain("5 of 5 tokens are alive");
    expect(result(harness)).toContain("2 more tokens, not checked");
  });

  it("shares the limit of five checks a minute with the form", async () => {
    const harness = createHarness();
    for (let at = 0; at < 3; at += 1) await harness.submit({ "check.token.ab": fakeToken(`form-${at}`) });
    harness.deeds.length = 0;
    await harness.shortcut({ text: [0, 1, 2].map((at) => fakeToken(`limit-${at}`)).join(" ") });
    expect(harness.deeds.filter(({ what }) => what === "check")).toHaveLength(2);
    expect(result(harness)).toContain(
      "not checked: you made five checks or renewals within a minute. Treat it as alive",
    );
    harness.deeds.length = 0;
    await harness.shortcut({ text: token });
    expect(whats(harness)).toBe("ack open update");
    expect(result(harness)).toMatch(
      /five checks or renewals within a minute\. Try again in \d+ seconds\. Until then, treat/,
    );
  });

  it("asks Meta nothing about another secret, and says what to do with it", async () => {
    const secret = `100000000000042|${"aB3".repeat(9)}`;
    const harness = createHarness();
    await harness.shortcut({ text: `${secret} and ${fakeToken("foreign").replace(/^EAA/, "ZZZ")}` });
    expect(whats(harness)).toBe("ack open wait update");
    expect(result(harness)).toContain("it contains the app secret. Reset the secret");
    expect(left(harness)).not.toContain("aB3aB3");
  });

  it("checks a long text of another form when a watch has it", async () => {
    const odd = fakeToken("odd").replace(/^EAA/, "ZZZ");
    const verdict = verdictOf({}, fingerprintOf(new Secret(odd)));
    const harness = createHarness({ ...storeOf([aRecord("orders-prod", { verdict })]) });
    await harness.shortcut({ text: odd });
    expect(only(harness, "check")).toEqual({ typed: true, watch: "orders-prod" });
  });

  it.each([[{ text: "nothing here" }], [{ text: "" }], [{}], [[]], [{ text: "EAA••••••••abcd", bot_id: "B1" }]])(
    "says that it recognises no token, and takes no turn (%#)",
    async (message) => {
      const harness = createHarness();
      for (let at = 0; at < 6; at += 1) await harness.shortcut(message);
      expect(whats(harness)).toBe(Array(6).fill("ack open wait update").join(" "));
      expect(written(harness.deeds)).toContain("no token that the bot recognises");
      expect(written(harness.deeds)).toContain("masked or cut token");
    },
  );

  it("works without the store, and says so", async () => {
    const harness = createHarness({ ...brokenStore("database is away") });
    await harness.shortcut({ text: token });
    expect(result(harness)).toContain("could not look up which watch has it");
    expect(harness.lines).toMatchObject([{ msg: expect.stringContaining("the store did not answer") as unknown }]);
  });

  it("shows the result although the audit cannot be saved", async () => {
    const harness = createHarness({ record: () => Promise.reject(new Error("disk full")) });
    await harness.shortcut({ text: token });
    expect(result(harness)).toContain("This token is alive");
    expect(harness.errors).toEqual([]);
    expect(harness.lines).toMatchObject([{ msg: "a private check could not be recorded in the audit" }]);
  });

  it.each<[string, Record<string, unknown>, SlackDeps["allowedUsers"]]>([
    ["of another organisation", { user: { id: "U0OUT", team_id: "T0OTHER" }, team: { id: "T0OTHER" } }, undefined],
    ["not among those allowed", {}, new Set(["U0BEN"])],
    ["that Slack does not name", { user: {} }, undefined],
  ])("is refused to people %s, before anything is read", async (_who, fields, allowedUsers) => {
    const harness = createHarness({ allowedUsers });
    await harness.shortcut({ text: token }, fields);
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond")).toMatchObject({ response_type: "ephemeral" });
  });

  it("works for our people in a channel that another organisation owns", async () => {
    const harness = createHarness();
    await harness.shortcut({ text: token, team: "T0OTHER", user_team: "T0OTHER", source_team: "T0OTHER" });
    expect(whats(harness)).toBe("ack open check wait update record");
  });

  it("answers in a message when Slack opens no view", async () => {
    const base = createHarness();
    const open = () => Promise.reject(new WebAPIPlatformError({ ok: false, error: "expired_trigger_id" }));
    const harness = createHarness({ people: { ...base.deps.people, views: { ...base.deps.people.views, open } } });
    await harness.shortcut({ text: token });
    expect(whats(harness)).toBe("ack check wait respond record");
    expect(only(harness, "respond")).toMatchObject({
      response_type: "ephemeral",
      text: expect.stringContaining("alive") as unknown,
    });
    expect(harness.lines).toMatchObject([{ error: "expired_trigger_id" }]);
  });

  it("answers in a direct message when the person closed the view", async () => {
    const base = createHarness();
    const update = () => Promise.reject(new WebAPIPlatformError({ ok: false, error: "not_found" }));
    const harness = createHarness({ people: { ...base.deps.people, views: { ...base.deps.people.views, update } } });
    await harness.shortcut({ text: token });
    expect(only(base, "dm")).toMatchObject({
      channel: ANNA,
      text: expect.stringContaining("Delete the message") as unknown,
    });
  });

  it.each<[Record<string, unknown>]>([
    [{ message: undefined }],
    [{ trigger_id: undefined }],
    [{ channel: undefined, team: null }],
  ])("survives missing fields (%j)", async (fields) => {
    const harness = createHarness();
    await harness.shortcut({ text: token }, fields);
    expect(harness.deeds[0]?.what).toBe("ack");
    expect(harness.errors).toEqual([]);
  });

  it("answers a shortcut that it does not know", async () => {
    const harness = createHarness();
    await harness.shortcut({ text: token }, { callback_id: "__proto__" });
    expect(whats(harness)).toBe("ack respond");
  });
});
