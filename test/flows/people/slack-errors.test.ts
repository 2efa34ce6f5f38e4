import { describe, expect, it } from "vitest";
import { ask, askOps, HOUR, MINUTE, wordsOf } from "../flow.ts";
import { messagesSeen } from "../alerts/many.ts";
import { later, nextToSend, repliesTo, theAlert, watching } from "../watched.ts";

// Every word of Slack that a message may meet, and what comes of it (chat.postMessage and chat.update, read 2026-11).

describe("a channel that refuses an alert", () => {
  it.each([
    ["channel_not_found", "check its id; invite the bot if it is private"],
    ["not_in_channel", "invite the bot to the channel"],
    ["is_archived", "choose another channel"],
    ["is_inactive", "choose another channel"],
    ["restricted_action", "let apps post in the channel"],
    ["restricted_action_read_only_channel", "let apps post in the channel"],
    ["restricted_action_thread_only_channel", "let apps post in the channel, not in its threads only"],
    ["ekm_access_denied", "a Slack admin must allow it"],
    ["missing_scope", "reinstall the app from its manifest"],
    ["message_limit_exceeded", "the workspace is over Slack's message limit"],
    ["team_not_found", "use the channel's id"],
    ["a_word_of_tomorrow", undefined],
  ])("with %s is named with the remedy, its owner is notified, and nothing is lost", async (error, remedy) => {
    const flow = await nextToSend(({ slack }) => {
      const channel = slack.channelId("wa-alerts");
      slack.faults.add({ kind: "error", error, method: "chat.postMessage", channel, times: Infinity });
    });
    const { slack, sam, robin } = flow;
    const channel = slack.channelId("wa-alerts");
    await later(flow, 20 * MINUTE);
    await later(flow, MINUTE);
    const [dm, ...more] = sam.dms();
    expect(more).toEqual([]);
    const why = remedy === undefined ? error : `${error}: ${remedy}`;
    expect(dm?.text).toContain(`Sent here because <#${channel}> refused this alert (${why}).`);
    expect(dm?.text).toMatch(/^🔴 \*orders-prod: permission missing\*\n.* <@\w+>\n/);
    const shown = remedy === undefined ? error : `${remedy} (${error})`;
    expect((await ask(flow, robin, "status")).text).toContain(
      `Alert not delivered to <#${channel}> (${channel}): ${shown}. Next try`,
    );
    const ready = await askOps(flow, "/readyz");
    expect(ready.status).toBe(200);
    expect(ready.body).toContain(`Channel ${channel} did not accept a message: ${error}`);
    expect((await askOps(flow, "/metrics")).body).toContain(`wa_token_channel_refused{channel="${channel}"} 1`);

    slack.faults.clear();
    await later(flow, HOUR);
    expect(theAlert(flow).text).toMatch(/^🔴 \*orders-prod: permission missing\*\n.* <@\w+>\n/);
    expect(sam.dms()).toHaveLength(1);
    expect((await askOps(flow, "/metrics")).body).not.toContain("wa_token_channel_refused{");
  });
});

describe("a message that Slack finds malformed or too long", () => {
  it.each([
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_attachments",
    "metadata_too_large",
    "invalid_metadata_format",
  ])("with %s is sent as text only, at once", async (error) => {
    const flow = await nextToSend(({ slack }) => {
      slack.faults.add({ kind: "error", error, method: "chat.postMessage" });
    });
    await later(flow, 20 * MINUTE);
    expect(theAlert(flow).text).toMatch(/^🔴 \*orders-prod: permission missing\*\n.* <@\w+>\n[^]*\n1\. /);
    expect(theAlert(flow).attachments).toEqual([]);
    expect(flow.bot.logLines().some((line) => line.includes("Slack refused what a message looks like"))).toBe(true);
  });

  it.each(["msg_too_long", "msg_blocks_too_long"])("with %s is shortened and keeps its buttons", async (error) => {
    const flow = await nextToSend(({ slack }) => {
      slack.faults.add({ kind: "error", error, method: "chat.postMessage" });
    });
    await later(flow, 20 * MINUTE);
    expect(theAlert(flow).text).toMatch(/^🔴 \*orders-prod: permission missing\*\n.* <@\w+>\n/);
    expect(wordsOf(theAlert(flow).attachments)).toBe("Acknowledge\nSnooze…\nCheck now\nOpen guide");
  });

  it("is sent as its first two lines when Slack accepts nothing longer", async () => {
    const flow = await nextToSend(({ slack }) => {
      slack.faults.add({ kind: "error", error: "msg_too_long", method: "chat.postMessage", times: 3 });
    });
    await later(flow, 20 * MINUTE);
    expect(theAlert(flow).text).toMatch(
      /^🔴 \*orders-prod: permission missing\*\ncheckout may be unable to send WhatsApp messages\. <@\w+>$/,
    );
  });
});

describe("a message that cannot be edited any more", () => {
  it.each(["message_not_found", "cant_update_message", "edit_window_closed"])(
    "with %s is posted again, and stays current from then on",
    async (error) => {
      const flow = await watching("noMessaging");
      const old = theAlert(flow);
      flow.slack.faults.add({ kind: "error", error, method: "chat.update" });
      flow.graph.revoke(flow.tokens.noMessaging);
      await later(flow, 20 * MINUTE);
      const [, fresh, ...more] = messagesSeen(flow);
      expect(more).toEqual([]);
      expect(fresh?.text).toMatch(new RegExp(`^🔴 \\*orders-prod: token revoked\\*\n.* <@${flow.sam.id}>\n`));
      expect(repliesTo(flow, old)).toEqual([]);
      flow.tokenFile("orders").write(flow.tokens.never);
      await later(flow, 20 * MINUTE);
      expect(messagesSeen(flow).map(({ text }) => text.startsWith("✅ *orders-prod: fixed*"))).toEqual([false, true]);
    },
  );
});

describe("a Slack that stumbles", () => {
  it.each(["internal_error", "fatal_error", "service_unavailable", "request_timeout"])(
    "with %s is tried again after a pause, and no other place gets the message",
    async (error) => {
      const flow = await nextToSend(({ slack }) => {
        slack.faults.add({ kind: "error", error, method: "chat.postMessage", times: 3 });
      });
      for (let tries = 0; tries < 3; tries += 1) await later(flow, 20 * MINUTE);
      expect(messagesSeen(flow)).toEqual([]);
      expect((await askOps(flow, "/metrics")).body).not.toContain("wa_token_channel_refused{");
      expect((await askOps(flow, "/readyz")).body).toContain(error);
      await later(flow, 20 * MINUTE);
      expect(theAlert(flow).text).toContain("*orders-prod: permission missing*");
      expect(flow.sam.dms()).toEqual([]);
    },
  );

  it.each(["ratelimited", "rate_limited"])(
    "with %s is tried again a little later, although it named no time",
    async (error) => {
      const flow = await nextToSend(({ slack }) => {
        slack.faults.add({ kind: "error", error, method: "chat.postMessage" });
      });
      const before = flow.slack.calls("chat.postMessage").length;
      await later(flow, 20 * MINUTE);
      expect(theAlert(flow).text).toContain("*orders-prod: permission missing*");
      expect(flow.slack.calls("chat.postMessage")).toHaveLength(before + 2);
    },
  );
});

describe("an installation that is gone", () => {
  it.each(["token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired"])(
    "with %s sends nothing anywhere, turns the bot not ready, and sends all when it is back",
    async (error) => {
      const flow = await nextToSend(({ slack }) => {
        slack.faults.add({ kind: "error", error, times: Infinity });
      });
      const { slack } = flow;
      await later(flow, 20 * MINUTE);
      const notReady = async (): Promise<boolean> => (await askOps(flow, "/readyz")).status === 503;
      await expect.poll(notReady).toBe(true);
      expect((await askOps(flow, "/readyz")).body).toContain(error);
      await later(flow, 20 * MINUTE);
      expect([...messagesSeen(flow), ...flow.sam.dms()]).toEqual([]);
      slack.faults.clear();
      await later(flow, 20 * MINUTE);
      expect(theAlert(flow).text).toContain("*orders-prod: permission missing*");
      await expect.poll(notReady).toBe(false);
    },
  );
});
