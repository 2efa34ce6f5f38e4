import { describe, expect, it } from "vitest";
import { createNotifier } from "../../../src/slack/alert/notifier.ts";
import { createAlertClient } from "../../../src/slack/clients.ts";
import { Secret } from "../../../src/token/secret.ts";
import type { Reply } from "../../../src/watch/alert.ts";
import { aCard, aFinding, anAlert, aVerdict, NOW } from "../../support/builders.ts";
import { keepLog } from "../../support/keep-log.ts";
import { openLocalSlack, type SeenRequest } from "../support/local-slack.ts";

const REF = { channel: "C0ALERTS", ts: "1700000000.000100" };
const DELIVERED = { ok: true, channel: "C0ALERTS", ts: "1700000000.000200" };

/** The real client over HTTP; Slack answers in order, the last answer for ever. */
const setUp = async (...bodies: readonly object[]) => {
  const slack = await openLocalSlack(() => ({ body: bodies[Math.min(slack.requests.length, bodies.length) - 1] }));
  const { log, lines } = keepLog();
  const client = createAlertClient({ botToken: new Secret("xoxb-sandbox"), apiUrl: slack.apiUrl, log });
  return { notifier: createNotifier({ client, timezone: "UTC", log }), requests: slack.requests, lines };
};

const attachmentsOf = (request: SeenRequest | undefined): unknown => JSON.parse(request?.args["attachments"] ?? "null");

const reply = (fields: Partial<Reply> = {}): Reply => ({
  revision: 2,
  reason: "worse",
  at: NOW,
  notice: false,
  verdict: aVerdict({ findings: [aFinding("expired")] }),
  by: null,
  ...fields,
});

describe("posting an alert", () => {
  it("goes to the watch's channel and gives back where Slack put it", async () => {
    const { notifier, requests } = await setUp({ ...DELIVERED, channel: "D0DIRECT" });
    const result = await notifier.post(anAlert({ card: aCard({ channel: "U0PERSON" }) }));
    expect(result).toEqual({ ok: true, ref: { channel: "D0DIRECT", ts: DELIVERED.ts } });
    expect(requests).toMatchObject([
      {
        method: "chat.postMessage",
        args: { channel: "U0PERSON", unfurl_links: "false", unfurl_media: "false" },
      },
    ]);
    expect(requests[0]?.args["text"]).toContain("*orders-prod* is degraded");
    expect(attachmentsOf(requests[0])).toMatchObject([{ color: "#d72b3f" }]);
  });

  it.each([{ ok: true }, { ok: true, channel: "C0ALERTS" }, { ok: true, ts: "1700000000.000200" }])(
    "is not delivered as long as Slack does not say where: %j",
    async (answer) => {
      const { notifier } = await setUp(answer);
      expect(await notifier.post(anAlert())).toEqual({
        ok: false,
        failure: { kind: "away", error: "Slack gave no message id" },
      });
    },
  );
});

describe("editing an alert", () => {
  it("names the message by the channel and ts that Slack gave", async () => {
    const { notifier, requests } = await setUp(DELIVERED);
    const alert = anAlert({ card: aCard({ channel: "C0MOVED" }) });
    expect(await notifier.update(alert, REF)).toEqual({ ok: true, ref: { channel: "C0ALERTS", ts: DELIVERED.ts } });
    expect(requests).toMatchObject([{ method: "chat.update", args: REF }]);
  });

  it("keeps the place it knows when Slack repeats none", async () => {
    const { notifier } = await setUp({ ok: true });
    expect(await notifier.update(anAlert(), REF)).toEqual({ ok: true, ref: REF });
  });

  it("says that the message is gone", async () => {
    const { notifier } = await setUp({ ok: false, error: "message_not_found" });
    expect(await notifier.update(anAlert(), REF)).toEqual({
      ok: false,
      failure: { kind: "message_gone", error: "message_not_found" },
    });
  });
});

describe("a reply to an alert", () => {
  it.each([true, false])("goes into the thread, and into the channel when people must notice (%s)", async (notice) => {
    const { notifier, requests } = await setUp(DELIVERED);
    expect(await notifier.reply(anAlert(), reply({ notice }), REF)).toMatchObject({ ok: true });
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

describe("a message that Slack refuses", () => {
  it.each(["invalid_blocks", "invalid_attachments", "msg_blocks_too_long"])(
    "is sent again as its words alone after %s",
    async (error) => {
      const { notifier, requests, lines } = await setUp({ ok: false, error }, DELIVERED);
      expect(await notifier.post(anAlert())).toMatchObject({ ok: true });
      expect(requests).toHaveLength(2);
      expect(requests[1]?.args["text"]).toBe(requests[0]?.args["text"]);
      expect(attachmentsOf(requests[1])).toEqual([]);
      expect(lines).toContainEqual(expect.objectContaining({ failure: { kind: "refused", error } }));
    },
  );

  it("loses its details when it is edited that way, not its words", async () => {
    const { notifier, requests } = await setUp({ ok: false, error: "invalid_blocks" }, DELIVERED);
    await notifier.update(anAlert(), REF);
    expect(requests[1]).toMatchObject({ method: "chat.update", args: REF });
    expect(attachmentsOf(requests[1])).toEqual([]);
  });

  it("is tried twice and no more, and holds up no other message of the channel", async () => {
    const { notifier, requests } = await setUp({ ok: false, error: "invalid_blocks" });
    expect(await notifier.post(anAlert())).toEqual({
      ok: false,
      failure: { kind: "refused", error: "invalid_blocks" },
    });
    expect(requests).toHaveLength(2);
  });

  it("tells what stopped the second try", async () => {
    const { notifier } = await setUp({ ok: false, error: "invalid_blocks" }, { ok: false, error: "internal_error" });
    expect(await notifier.post(anAlert())).toMatchObject({ failure: { kind: "away", error: "internal_error" } });
  });

  it.each(["not_in_channel", "internal_error", "token_revoked"])("is sent once only after %s", async (error) => {
    const { notifier, requests } = await setUp({ ok: false, error });
    expect(await notifier.post(anAlert())).toMatchObject({ ok: false });
    expect(requests).toHaveLength(1);
  });
});
