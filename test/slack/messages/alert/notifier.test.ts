import { describe, expect, it } from "vitest";
import { createNotifier } from "../../../../src/slack/messages/alert/notifier.ts";
import type { Links } from "../../../../src/slack/kit/links.ts";
import { createAlertClient } from "../../../../src/slack/transport/clients.ts";
import { Secret } from "../../../../src/token/secret/secret.ts";
import type { Alert, Reply } from "../../../../src/alert/alert.ts";
import type { ReplyCall } from "../../../../src/outbox/next-call.ts";
import { aCard, aFailure, aFinding, anAlert, aVerdict, NOW } from "../../../support/builders.ts";
import { keepLog } from "../../../support/keep-log.ts";
import { aGroupDelivery, aList, anAlertDelivery, REF, WORKSPACE } from "../../support/deliveries.ts";
import { openLocalSlack, type SeenRequest } from "../../support/local-slack.ts";

const DELIVERED = { ok: true, channel: "C0ALERTS", ts: "1700000000.000200" };

/** The real client over HTTP; Slack answers in order, the last answer for ever. */
const setUp = async (...bodies: readonly object[]) => setUpIn(() => WORKSPACE, ...bodies);

const setUpIn = async (links: () => Links, ...bodies: readonly object[]) => {
  const slack = await openLocalSlack(() => ({ body: bodies[Math.min(slack.requests.length, bodies.length) - 1] }));
  const { log, lines } = keepLog();
  const client = createAlertClient({ botToken: new Secret("xoxb-sandbox"), apiUrl: slack.apiUrl, log, fetch });
  return { notifier: createNotifier({ client, links, timezone: "UTC", log }), requests: slack.requests, lines };
};

const attachmentsOf = (request: SeenRequest | undefined): unknown => JSON.parse(request?.args["attachments"] ?? "null");

const delivery = (fields: Partial<Alert> = {}) => anAlertDelivery(anAlert(fields));
const PLACE = delivery().message.routes[0] ?? "";

const word = (fields: Partial<Reply> = {}): Reply => ({
  reason: "worse",
  at: NOW,
  notice: false,
  verdict: aVerdict({ findings: [aFinding("expired")] }),
  by: null,
  ...fields,
});

const reply = (fields: Partial<ReplyCall> = {}): ReplyCall => ({
  kind: "reply",
  ref: REF,
  replies: [{ alert: anAlert(), reply: word() }],
  joined: [],
  left: [],
  entries: [],
  notice: false,
  settles: [],
  ...fields,
});

describe("posting an alert", () => {
  it("goes to the watch's channel and returns the message's channel and ts", async () => {
    const { notifier, requests } = await setUp({ ...DELIVERED, channel: "D0DIRECT" });
    const result = await notifier.post(delivery(), "U0PERSON");
    expect(result).toEqual({ ok: true, ref: { channel: "D0DIRECT", ts: DELIVERED.ts } });
    expect(requests).toMatchObject([
      {
        method: "chat.postMessage",
        args: { channel: "U0PERSON", unfurl_links: "false", unfurl_media: "false" },
      },
    ]);
    expect(requests[0]?.args["text"]).toContain("*orders-prod: phone number not reachable*");
    expect(attachmentsOf(requests[0])).toMatchObject([{ color: "#d72b3f" }]);
  });

  it.each([{ ok: true }, { ok: true, channel: "C0ALERTS" }, { ok: true, ts: "1700000000.000200" }])(
    "is not delivered as long as Slack does not say where: %j",
    async (answer) => {
      const { notifier } = await setUp(answer);
      expect(await notifier.post(delivery(), PLACE)).toEqual({
        ok: false,
        failure: { kind: "away", error: "Slack gave no message id" },
      });
    },
  );
});

describe("editing an alert", () => {
  it("names the message by the channel and ts that Slack gave", async () => {
    const { notifier, requests } = await setUp(DELIVERED);
    const moved = delivery({ card: aCard({ channel: "C0MOVED" }) });
    expect(await notifier.edit(moved, REF)).toEqual({ ok: true, ref: { channel: "C0ALERTS", ts: DELIVERED.ts } });
    expect(requests).toMatchObject([{ method: "chat.update", args: REF }]);
  });

  it("keeps the known place when Slack does not repeat it", async () => {
    const { notifier } = await setUp({ ok: true });
    expect(await notifier.edit(delivery(), REF)).toEqual({ ok: true, ref: REF });
  });

  it("says that the message is gone", async () => {
    const { notifier } = await setUp({ ok: false, error: "message_not_found" });
    expect(await notifier.edit(delivery(), REF)).toEqual({
      ok: false,
      failure: { kind: "message_gone", error: "message_not_found" },
    });
  });
});

describe("a reply to an alert", () => {
  it.each([true, false])("goes into the thread, and also into the channel when it is urgent (%s)", async (notice) => {
    const { notifier, requests } = await setUp(DELIVERED);
    expect(await notifier.reply(delivery(), reply({ notice }), REF)).toMatchObject({ ok: true });
    expect(requests).toMatchObject([
      {
        method: "chat.postMessage",
        args: {
          channel: REF.channel,
          thread_ts: REF.ts,
          reply_broadcast: String(notice),
          unfurl_links: "false",
          unfurl_media: "false",
        },
      },
    ]);
    expect(requests[0]?.args).not.toHaveProperty("attachments");
  });
});

describe("a group of alerts", () => {
  const group = aGroupDelivery([anAlert()]);

  it("is posted to its channel, and edited there", async () => {
    const { notifier, requests } = await setUp(DELIVERED);
    expect(await notifier.post(group, "C0GROUP")).toMatchObject({ ok: true });
    expect(await notifier.edit(group, REF)).toMatchObject({ ok: true });
    expect(requests).toMatchObject([
      { method: "chat.postMessage", args: { channel: "C0GROUP", unfurl_links: "false" } },
      { method: "chat.update", args: REF },
    ]);
  });

  it.each([true, false])("gets replies in its thread, also in the channel only when urgent (%s)", async (notice) => {
    const { notifier, requests } = await setUp(DELIVERED);
    await notifier.reply(group, reply({ replies: [], joined: [anAlert()], notice }), REF);
    expect(requests).toMatchObject([
      {
        method: "chat.postMessage",
        args: { channel: REF.channel, thread_ts: REF.ts, reply_broadcast: String(notice) },
      },
    ]);
  });
});

describe("a message that names alerts which live elsewhere", () => {
  it.each(["C0ONCALL", "U0OWNER"])("is posted to %s", async (to) => {
    const { notifier, requests } = await setUp({ ...DELIVERED, channel: "D0DIRECT" });
    const result = await notifier.post(aList("escalation", [anAlert()]), to);
    expect(result).toEqual({ ok: true, ref: { channel: "D0DIRECT", ts: DELIVERED.ts } });
    expect(requests).toMatchObject([{ method: "chat.postMessage", args: { channel: to } }]);
  });
});

describe("links to messages", () => {
  const reminder = reply({ replies: [{ alert: anAlert(), reply: word({ reason: "reminder" }) }] });
  const escalation = aList("escalation", [anAlert()], { homes: [REF] });
  const LINK = "https://acme.slack.com/archives/C0ALERTS/p1700000000000100";

  it("lead to the workspace that Slack reports", async () => {
    const { notifier, requests } = await setUp(DELIVERED);
    await notifier.reply(delivery(), reminder, REF);
    await notifier.post(escalation, "C0ONCALL");
    await notifier.edit(escalation, REF);
    for (const { args } of requests) expect(args["text"]).toContain(`<${LINK}|`);
    expect(requests.map(({ method }) => method)).toEqual(["chat.postMessage", "chat.postMessage", "chat.update"]);
  });

  it("are left out while the workspace is unknown, and the message is sent anyway", async () => {
    const known: Links[] = [undefined, undefined, WORKSPACE];
    const { notifier, requests } = await setUpIn(() => known.shift(), DELIVERED);
    expect(await notifier.reply(delivery(), reminder, REF)).toMatchObject({ ok: true });
    expect(await notifier.edit(escalation, REF)).toMatchObject({ ok: true });
    for (const { args } of requests) {
      expect(args["text"]).toContain("orders-prod");
      expect(args["text"]).not.toMatch(/archives|undefined/);
    }
    await notifier.edit(escalation, REF);
    expect(requests.at(-1)?.args["text"]).toContain(LINK);
  });
});

const refused = (error: string) => ({ ok: false, error });

describe("a message that Slack finds malformed", () => {
  it.each(["invalid_blocks", "invalid_blocks_format", "invalid_attachments", "metadata_too_large"])(
    "is sent again as text only after %s",
    async (error) => {
      const messages = ["[ERROR] must be shorter [json-pointer:/blocks/0]"];
      const { notifier, requests, lines } = await setUp(
        { ...refused(error), response_metadata: { messages } },
        DELIVERED,
      );
      expect(await notifier.post(delivery(), PLACE)).toMatchObject({ ok: true });
      expect(requests).toHaveLength(2);
      expect(requests[0]?.args).toHaveProperty("blocks");
      expect(requests[1]?.args["text"]).toBe(requests[0]?.args["text"]);
      expect(requests[1]?.args).not.toHaveProperty("blocks");
      expect(attachmentsOf(requests[1])).toEqual([]);
      expect(lines).toContainEqual(expect.objectContaining({ failure: { kind: "refused", error }, details: messages }));
    },
  );

  it("loses its layout in such an edit, not its text", async () => {
    const { notifier, requests } = await setUp(refused("invalid_blocks"), DELIVERED);
    await notifier.edit(delivery(), REF);
    expect(requests[1]).toMatchObject({ method: "chat.update", args: REF });
    expect(attachmentsOf(requests[1])).toEqual([]);
  });

  it("is tried only twice, and delays no other message of the channel", async () => {
    const { notifier, requests } = await setUp(refused("invalid_blocks"));
    expect(await notifier.post(delivery(), PLACE)).toEqual({
      ok: false,
      failure: { kind: "refused", error: "invalid_blocks" },
    });
    expect(requests).toHaveLength(2);
  });

  it("is not sent again when it has only text", async () => {
    const { notifier, requests } = await setUp(refused("invalid_blocks"));
    expect(await notifier.reply(delivery(), reply(), REF)).toMatchObject({ ok: false });
    expect(requests).toHaveLength(1);
  });

  it("reports the error of the second try", async () => {
    const { notifier } = await setUp(refused("invalid_blocks"), refused("internal_error"));
    expect(await notifier.post(delivery(), PLACE)).toMatchObject({
      failure: { kind: "away", error: "internal_error" },
    });
  });

  it.each(["not_in_channel", "internal_error", "token_revoked", "ratelimited"])(
    "is sent once only after %s",
    async (error) => {
      const { notifier, requests } = await setUp(refused(error));
      expect(await notifier.post(delivery(), PLACE)).toMatchObject({ ok: false });
      expect(requests).toHaveLength(1);
    },
  );
});

describe("a message that Slack finds too long", () => {
  const tooLong = refused("msg_too_long");
  const wordy = delivery({
    verdict: aVerdict({ findings: [aFinding("expired"), aFinding("scope_missing", { objects: ["s".repeat(80)] })] }),
    failing: { failure: aFailure({ message: "f ".repeat(150) }), since: NOW, tries: 3 },
    snoozed: { by: "U0ANNA", at: NOW, until: NOW, reason: "s ".repeat(150) },
  });

  it.each(["msg_too_long", "msg_blocks_too_long", "attachment_payload_limit_exceeded"])(
    "is shortened after %s, and keeps its buttons",
    async (error) => {
      const { notifier, requests } = await setUp(refused(error), DELIVERED);
      expect(await notifier.post(wordy, PLACE)).toMatchObject({ ok: true });
      expect(requests[1]?.args["text"]).toHaveLength(1_500);
      expect(requests[1]?.args).not.toHaveProperty("blocks");
      expect(attachmentsOf(requests[1])).toMatchObject([{ color: "#d72b3f", blocks: [{ type: "actions" }] }]);
    },
  );

  it("then loses its buttons, then all but two lines, which have the token, the event and the people", async () => {
    const { notifier, requests } = await setUp(tooLong, tooLong, tooLong, DELIVERED);
    expect(await notifier.edit(wordy, REF)).toMatchObject({ ok: true });
    expect(requests.slice(2).map((request) => attachmentsOf(request))).toEqual([[], []]);
    expect(requests[2]?.args["text"]).toHaveLength(1_500);
    expect(requests[3]?.args["text"]).toBe(
      "🔴 *orders-prod: token expired*\ncheckout and crm cannot send WhatsApp messages. <@U0123456789>",
    );
  });

  it("is given up after that, and delays no other message of the channel", async () => {
    const { notifier, requests } = await setUp(tooLong);
    expect(await notifier.post(wordy, PLACE)).toEqual({
      ok: false,
      failure: { kind: "refused", error: "msg_too_long" },
    });
    expect(requests).toHaveLength(4);
  });

  it("is not shortened further after another error", async () => {
    const { notifier, requests } = await setUp(tooLong, refused("not_in_channel"));
    expect(await notifier.post(wordy, PLACE)).toMatchObject({
      failure: { kind: "refused", error: "not_in_channel (invite the bot to the channel)" },
    });
    expect(requests).toHaveLength(2);
  });
});
