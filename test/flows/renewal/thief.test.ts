import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/slack/json.ts";
import { allBlocks } from "../../../sandbox/slack/limits/message.ts";
import type { SeenMessage } from "../../../sandbox/slack/messages.ts";
import type { Person } from "../../../sandbox/slack/people/driver.ts";
import { findElement } from "../../../sandbox/slack/people/find.ts";
import { RENEWAL_ACTIONS, type AuditEntry } from "../../../src/renewal/audit.ts";
import { ALERT } from "../../../src/slack/messages/alert/ids.ts";
import { RENEWAL } from "../../../src/slack/messages/renewal/ids.ts";
import { readSqliteAudit } from "../../../src/store/sqlite/read-sqlite.ts";
import { acked, aFlow, DAY, type Flow, MINUTE, wordsOf } from "../flow.ts";
import { bytesBelow, leaksIn, saidToSlack, withDerived } from "../people/leaks.ts";

const APP_SECRET = "5b27d9e1c40f86a3";
const WATCHES = ["orders", "support"] as const;
type Watch = (typeof WATCHES)[number];

/** Two watches of two WhatsApp accounts, each with an alert. Only these people are admins. */
const twoWatches = async (admins: readonly string[]): Promise<Flow> => {
  const flow = await aFlow({
    appSecret: APP_SECRET,
    watchlist: (source) =>
      `watches:${WATCHES.map(
        (name, index) => `
  - name: ${name}
    source: "${source(name)}"
    phoneNumberId: "10000000000200${index + 1}"
    whatsappBusinessAccountId: "10000000000100${index + 1}"
    renew: { write: source }`,
      ).join("")}`,
    env: (slack) => ({
      ADMIN_USERS: admins.map((name) => slack.person(name).id).join(","),
      CHECK_INTERVAL: "1m",
      ESCALATE_TO: "",
    }),
  });
  const { graph, clock, bot, slack } = flow;
  graph.addUser({ id: SUPPORT_USER, name: "example-support-system-user" });
  graph.addAccount({ id: "100000000001002", businessId: "100000000003001", assignedTo: [SUPPORT_USER] });
  graph.addPhone({ id: "100000000002002", accountId: "100000000001002" });
  for (const watch of WATCHES) flow.tokenFile(watch).write(tokenOf(flow, watch, 5));
  clock.advance(MINUTE);
  await bot.app.round("all");
  for (const watch of WATCHES) await slack.waitFor(() => alertOf(flow, watch));
  return flow;
};

/** A busy machine takes longer than a second. */
const PATIENT = { interval: 5, timeout: 10_000 };

const SUPPORT_USER = "100000000000778";

/** A working token of one watch. */
const tokenOf = ({ graph, clock }: Flow, watch: Watch, daysLeft: number): string =>
  graph.issueToken({
    label: `${watch} ${daysLeft}`,
    issuedAt: new Date(clock.now().getTime() + (daysLeft - 60) * DAY),
    expiresAt: new Date(clock.now().getTime() + daysLeft * DAY),
    ...(watch === "support" && { userId: SUPPORT_USER }),
  });

const messages = ({ robin }: Flow): readonly SeenMessage[] => robin.channelMessages("wa-alerts");

const alertOf = (flow: Flow, watch: Watch): SeenMessage | undefined =>
  messages(flow).find((seen) => JSON.stringify(seen).includes(ALERT.check) && seen.text.includes(watch));

/** The message with this button of the watch's renewal. */
const renewalOf = (flow: Flow, watch: Watch, action: keyof typeof RENEWAL): Promise<SeenMessage> =>
  flow.slack.waitFor(() =>
    messages(flow).findLast(
      (seen) => JSON.stringify(seen).includes(RENEWAL[action]) && seen.text.includes(`*${watch}:`),
    ),
  );

/** The renewal's ID, from the button of its message. */
const idIn = (message: SeenMessage): string =>
  String(findElement(allBlocks(message), { actionId: RENEWAL.paste }).element["value"]);

/** Opens the dialog of an alert. */
const openRenew = async (flow: Flow, person: Person, watch: Watch, way: "given" | "refresh"): Promise<void> => {
  const alert = alertOf(flow, watch);
  if (alert === undefined) throw new Error("there is no alert");
  expect(await person.click({ actionId: RENEWAL.renew }, { in: alert })).toEqual(acked);
  await flow.slack.waitFor(() => person.modal()?.callbackId === "renewal.start.form");
  await person.select({ actionId: "renewal.way" }, way);
};

/** Starts a renewal that waits for a pasted token. */
const waitForPaste = async (flow: Flow, watch: Watch): Promise<SeenMessage> => {
  await openRenew(flow, flow.robin, watch, "given");
  expect(await flow.robin.submit()).toMatchObject({ kind: "acked" });
  const message = await renewalOf(flow, watch, "paste");
  await flow.robin.closeModal({ all: true });
  return message;
};

/** Opens the form for a token, and types one. */
const typeToken = async (flow: Flow, watch: Watch, token: string): Promise<void> => {
  const { slack, robin } = flow;
  // The button is away while an earlier token is tested.
  const message = await renewalOf(flow, watch, "paste");
  expect(await robin.click({ actionId: RENEWAL.paste }, { in: message })).toEqual(acked);
  await slack.waitFor(() => robin.modal()?.callbackId === "renewal.paste.form");
  await robin.type({ actionId: /^renewal\.token\./ }, token);
};

/** The last payload of this type that Slack delivered. */
const lastPayload = ({ slack }: Flow, type: string): JsonObject => {
  const found = slack.deliveries().findLast(({ payload }) => payload["type"] === type);
  if (found === undefined) throw new Error(`no ${type} was delivered`);
  return found.payload;
};

/** The payload as if this person had sent it. */
const sentBy = (payload: JsonObject, { id, name, teamId, teamDomain }: Person): JsonObject => ({
  ...payload,
  team: { id: teamId, domain: teamDomain },
  user: { id, username: name, name, team_id: teamId },
});

/** A press of this button with this value; undefined: without a value. */
const pressWith = (payload: JsonObject, actionId: string, value: string | undefined): JsonObject => {
  const [action] = payload["actions"] as readonly JsonObject[];
  return { ...payload, actions: [{ ...action, action_id: actionId, value }] };
};

/** Every file in the folder of the places. */
const places = ({ dataDir }: Flow): string => bytesBelow(join(dataDir, "tokens"), []);

const held = ({ tokenFile }: Flow, watch: Watch): string => readFileSync(tokenFile(watch).path, "utf8").trim();

const auditOf = async ({ dataDir }: Flow): Promise<readonly AuditEntry[]> => {
  const read = await readSqliteAudit(join(dataDir, "wa-token.db"), { limit: 1_000 });
  if (read.kind !== "there") throw new Error("there is no audit");
  return read.entries.toReversed();
};

/**
 * The refused attempts in the audit: person, action and watch, sorted. Some are of the same instant. Without the presses
 * of an admin that name no renewal.
 */
const refusals = async (flow: Flow): Promise<readonly string[]> =>
  (await auditOf(flow))
    .flatMap((entry) => {
      if (entry.kind !== "refused" || entry.by.kind !== "slack") return [];
      const { user } = entry.by;
      const name = [flow.robin, flow.sam, flow.guest].find(({ id }) => id === user)?.name;
      return name === flow.robin.name && entry.watch === null ? [] : [`${name}: ${entry.attempt} ${entry.watch}`];
    })
    .toSorted();

const leaks = ({ graph, slack, bot, dataDir }: Flow): readonly string[] => {
  const seen = {
    "the database": bytesBelow(dataDir, ["tokens"]),
    "the log": bot.logLines().join(""),
    "what was said to Slack": saidToSlack(slack),
  };
  return [...graph.state.tokens.keys()].flatMap((token) => leaksIn(withDerived(token, APP_SECRET), seen));
};

it("a stranger's token, and a form with forged metadata, write nothing", async () => {
  const flow = await twoWatches(["robin"]);
  const { robin, sam, guest, slack, clock, bot, graph, tokens } = flow;
  const before = places(flow);
  const supports = await waitForPaste(flow, "support");
  const orders = await waitForPaste(flow, "orders");
  const nowMs = clock.now().getTime();
  const expired = graph.issueToken({
    label: "expired",
    issuedAt: new Date(nowMs - 60 * DAY),
    expiresAt: new Date(nowMs - DAY),
  });
  const strange: readonly (readonly [string, RegExp])[] = [
    [tokens.otherApp, /another app|other app|different app|Meta app/i],
    [tokenOf(flow, "support", 60), /100000000002001|phone number|WhatsApp account/i],
    [held(flow, "support"), /100000000002001|phone number|WhatsApp account/i],
    [expired, /expired/i],
  ];
  for (const [token, reason] of strange) {
    clock.advance(MINUTE);
    await typeToken(flow, "orders", token);
    expect(await robin.submit()).toMatchObject({ kind: "acked" });
    const said = await slack.waitFor(() => {
      const text = wordsOf(robin.modal()?.blocks ?? []);
      return robin.modal()?.callbackId === "renewal.paste.form" || /testing/i.test(text) ? undefined : text;
    });
    expect(said).toMatch(reason);
    await robin.closeModal({ all: true });
  }
  expect(places(flow)).toBe(before);

  // The same form with a token that is fine for "orders", sent again by hand.
  const [typed, fine] = [expired, tokenOf(flow, "orders", 60)];
  const submission = JSON.parse(
    JSON.stringify(lastPayload(flow, "view_submission")).replaceAll(typed, fine),
  ) as JsonObject;
  const forged = (metadata: string): JsonObject => ({
    ...submission,
    view: { ...(submission["view"] as JsonObject), private_metadata: metadata },
  });
  const metadata = [idIn(supports), "support", "orders", "", "__proto__", "../tokens/support", "{}", "9".repeat(3_000)];
  for (const text of metadata) {
    clock.advance(MINUTE);
    expect(await slack.raw.deliver("interactive", forged(text))).toMatchObject({ kind: "acked" });
  }
  for (const person of [sam, guest])
    for (const text of [idIn(orders), "orders"])
      expect(await slack.raw.deliver("interactive", sentBy(forged(text), person))).toMatchObject({ kind: "acked" });
  await bot.stop();
  expect(places(flow)).toBe(before);
  expect(await refusals(flow)).toEqual([
    "guest: paste null",
    "guest: paste orders",
    "sam: paste null",
    "sam: paste orders",
  ]);
  expect(leaks(flow)).toEqual([]);
});

it("only a present admin can press a button, and a forged value does nothing", async () => {
  const flow = await twoWatches(["robin"]);
  const { robin, sam, guest, slack, clock, bot } = flow;
  const before = places(flow);
  const orders = await waitForPaste(flow, "orders");
  const fine = tokenOf(flow, "orders", 60);
  await typeToken(flow, "orders", fine);
  const pressed = lastPayload(flow, "block_actions");
  const press = async (payload: JsonObject): Promise<void> =>
    expect(await slack.raw.deliver("interactive", payload)).toMatchObject({ kind: "acked" });

  const expected: string[] = [];
  for (const action of RENEWAL_ACTIONS) {
    // At most five lines a minute.
    clock.advance(MINUTE / 4);
    for (const person of [sam, guest]) {
      await press(pressWith(sentBy(pressed, person), RENEWAL[action], action === "renew" ? "orders" : idIn(orders)));
      expected.push(`${person.name}: ${action} orders`);
    }
    await expect.poll(() => refusals(flow), PATIENT).toEqual(expected.toSorted());
  }
  for (const value of [undefined, "", "__proto__", "../tokens/support", "orders'; drop table", "9".repeat(2_000)]) {
    clock.advance(MINUTE);
    for (const action of RENEWAL_ACTIONS) await press(pressWith(pressed, RENEWAL[action], value));
  }
  for (const action of RENEWAL_ACTIONS.filter((name) => name !== "renew"))
    await press(pressWith(pressed, RENEWAL[action], "support"));
  await bot.stop();
  const started = (await auditOf(flow)).filter(({ kind }) => kind === "renewal");
  expect(started.map((entry) => entry.kind === "renewal" && entry.event.kind)).toEqual(["started"]);

  const { config } = flow;
  const later = await flow.startBot({
    config: { ...config, slack: { ...config.slack, adminUsers: [sam.id] } },
  });
  // Robin's form is still open.
  expect(await robin.submit()).toMatchObject({ kind: "acked" });
  expect(await robin.click({ actionId: RENEWAL.cancel }, { in: orders })).toEqual(acked);
  await expect
    .poll(() => refusals(flow), PATIENT)
    .toEqual([...expected, "robin: paste orders", "robin: cancel orders"].toSorted());
  await later.stop();
  expect(places(flow)).toBe(before);
  expect((await auditOf(flow)).filter(({ kind }) => kind === "renewal")).toHaveLength(1);
  expect([...leaks(flow), ...leaks({ ...flow, bot: later })]).toEqual([]);
});

it("two presses at once, by one admin or by two, do one thing once", async () => {
  const flow = await twoWatches(["robin", "sam"]);
  const { robin, sam, bot, graph } = flow;
  const [old, support] = [held(flow, "orders"), held(flow, "support")];
  await openRenew(flow, robin, "orders", "refresh");
  await openRenew(flow, sam, "orders", "refresh");
  await Promise.all([robin.submit(), sam.submit()]);
  const message = await renewalOf(flow, "orders", "confirm_in_use");
  const fresh = held(flow, "orders");
  expect(fresh).not.toBe(old);
  const confirm = (): Promise<unknown> => robin.click({ actionId: RENEWAL.confirm_in_use }, { in: message });
  await Promise.all([confirm(), confirm()]);
  const proven = await renewalOf(flow, "orders", "end_old");
  await Promise.all([
    robin.click({ actionId: RENEWAL.end_old }, { in: proven }),
    robin.click({ actionId: RENEWAL.end_old }, { in: proven }),
    sam.click({ actionId: RENEWAL.put_back }, { in: proven }),
  ]);
  const isOver = async (): Promise<boolean> =>
    (await auditOf(flow)).some((entry) => entry.kind === "renewal" && entry.event.kind === "ended");
  await expect.poll(isOver, PATIENT).toBe(true);
  await bot.stop();

  const events = (await auditOf(flow)).flatMap((entry) => (entry.kind === "renewal" ? [entry.event] : []));
  const times = (kind: string): number => events.filter((event) => event.kind === kind).length;
  const confirmed = events.filter(
    ({ kind, ...event }) =>
      kind === "step" && "result" in event && event.result.step === "in_use" && event.result.state === "done",
  );
  expect([graph.calls(/oauth\/access_token/).length, times("started"), confirmed.length, times("ended")]).toEqual([
    1, 1, 1, 1,
  ]);
  // The first of the two wins.
  const left = held(flow, "orders");
  expect([fresh, old]).toContain(left);
  const isAlive = (token: string): boolean => graph.state.tokens.get(token)?.standing.kind === "alive";
  expect([isAlive(left), isAlive(old)]).toEqual([true, left === old]);
  expect(graph.calls(/oauth\/revoke/).length).toBe(left === old ? 0 : 1);
  expect(held(flow, "support")).toBe(support);
  expect(leaks(flow)).toEqual([]);
});
