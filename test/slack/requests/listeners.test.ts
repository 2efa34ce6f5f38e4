import { storeOf, brokenStore } from "../support/records.ts";
import { describe, expect, it } from "vitest";
import { fakeToken } from "../../support/fake-token.ts";
import { ANNA, createHarness, errorIds, type Harness, only, whats, written } from "../support/harness.ts";

describe("the command", () => {
  it("is acknowledged before the store is asked", async () => {
    const { watches } = storeOf([]);
    const harness = createHarness({
      watches: {
        ...watches,
        tally: () => {
          harness.deeds.push({ what: "check", with: "store" });
          return watches.tally();
        },
      },
    });
    await harness.command("status");
    expect(whats(harness)).toBe("ack check respond");
  });

  it.each(["", "help", "frobnicate", "🚀🚀", "עזרה", "__proto__", "x".repeat(49)])(
    "answers %j with help",
    async (text) => {
      const harness = createHarness();
      await harness.command(text);
      const answer = only(harness, "respond");
      expect(answer).toMatchObject({ response_type: "ephemeral" });
      for (const line of ["/wa-token guide", "/wa-token check", "/wa-token status", "/wa-token help"])
        expect(answer.text).toContain(line);
    },
  );

  it("repeats at most 20 characters of an unknown word, as literal text", async () => {
    const harness = createHarness();
    await harness.command("<!channel>&".repeat(9_000));
    const { text = "" } = only(harness, "respond");
    expect(text).toMatch(/^There is no command “&lt;!channel&gt;[^”]{0,20}…”/);
    expect(text.length).toBeLessThan(1_500);
    expect(text).not.toContain("<!channel>");
  });

  it("refuses a typed token, calls it leaked, never repeats it, and offers the form", async () => {
    const token = fakeToken("leak");
    const harness = createHarness();
    await harness.command(`check ${token}`);
    expect(whats(harness)).toBe("ack respond");
    const answer = only(harness, "respond");
    expect(answer).toMatchObject({ response_type: "ephemeral" });
    expect(answer.text).toMatch(/^Warning: .*Slack has stored it\. Revoke this token, generate a new one/);
    expect(written(answer)).toContain(`"action_id":"check.open"`);
    expect(written([harness.deeds, harness.lines])).not.toContain(token.slice(3, 20));
  });

  it("warns about a typed token also people without access", async () => {
    const harness = createHarness({ allowedUsers: new Set<string>() });
    await harness.command(fakeToken("leak"));
    expect(only(harness, "respond").text).toMatch(/^Warning/);
  });

  it.each([
    { user_id: undefined, team_id: undefined },
    { text: undefined },
    { channel_id: undefined, channel_name: undefined, trigger_id: undefined },
  ])("survives missing fields (%j)", async (fields) => {
    for (const text of ["", "guide", "check", "status"]) {
      const harness = createHarness();
      await harness.command(text, fields);
      expect(harness.deeds[0]?.what).toBe("ack");
      expect(harness.errors).toEqual([]);
    }
  });
});

describe("an id that nobody knows", () => {
  it.each(["old.button", "__proto__", "toString", "x".repeat(255)])("is acknowledged and answered (%s)", async (id) => {
    const harness = createHarness();
    await harness.press(id);
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond")).toMatchObject({ response_type: "ephemeral", replace_original: false });
    expect(only(harness, "respond").text).toMatch(/older version of the bot/);
  });

  it("is answered directly in a modal, which has no other way", async () => {
    const harness = createHarness();
    await harness.press("old.button", { response_url: undefined, view: { id: "V1" } });
    expect(whats(harness)).toBe("ack dm");
  });

  it("is acknowledged even without an action id, a user or a place to answer", async () => {
    const harness = createHarness();
    await harness.press("x", { user: {}, team: undefined, response_url: undefined }, { action_id: undefined });
    expect(whats(harness)).toBe("ack");
    expect(harness.errors).toEqual([]);
  });

  it("answers a form of an older version with a sentence", async () => {
    const harness = createHarness();
    await harness.submit({}, { view: { id: "V1", callback_id: "old.form" } });
    expect(only(harness, "ack")).toMatchObject({ response_action: "update" });
    expect(written(only(harness, "ack"))).toContain("older version of the bot");
  });
});

describe("an answer whose response_url cannot be reached", () => {
  const unreachable = Object.assign(new TypeError("fetch failed"), {
    cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }),
  });

  it.each<[string, () => Promise<Response>, string]>([
    ["refuses the connection", () => Promise.reject(unreachable), "Slack could not be reached (ECONNREFUSED)"],
    ["is late", () => Promise.reject(new DOMException("late", "TimeoutError")), "Slack did not answer in time"],
    ["is over (404)", () => Promise.resolve(new Response("expired_url", { status: 404 })), "404"],
    ["was used too often (403)", () => Promise.resolve(new Response("", { status: 403 })), "403"],
    ["is behind a proxy's page (502)", () => Promise.resolve(new Response("<html>", { status: 502 })), "502"],
  ])("goes to the person directly when it %s, and never to the channel", async (_, answered, cause) => {
    for (const act of [
      (harness: Harness) => harness.command("help"),
      (harness: Harness) => harness.command("status"),
      (harness: Harness) => harness.press("old.button", { channel: { id: "C0ANY" } }),
    ]) {
      const harness = createHarness({}, answered);
      await act(harness);
      expect(whats(harness)).toBe("ack respond dm");
      expect(only(harness, "dm")).toMatchObject({ channel: ANNA, text: only(harness, "respond").text });
      expect(harness.errors).toEqual([]);
      expect(JSON.stringify(harness.lines)).toContain(cause);
    }
  });

  it("fails the listener only when the direct message fails too", async () => {
    const { people } = createHarness().deps;
    const mute = { ...people, chat: { postMessage: () => Promise.reject(new Error("no way out")) } };
    const harness = createHarness({ people: mute }, () => Promise.reject(unreachable));
    await harness.command("help");
    expect(errorIds(harness)).toEqual(["00000001"]);
  });
});

describe("a listener that breaks", () => {
  it("gives the person one sentence with an id, and app.error one error with that id", async () => {
    const harness = createHarness({ ...brokenStore("disk on fire") });
    await harness.command("status");
    expect(whats(harness)).toBe("ack respond");
    expect(only(harness, "respond").text).toMatch(/^Something went wrong on our side.*quote 00000001 /);
    expect(errorIds(harness)).toEqual(["00000001"]);
    expect(harness.errors[0]).toMatchObject({ listener: "/wa-token", cause: { message: "disk on fire" } });
  });

  it("is reported to app.error also when the person gets no answer", async () => {
    const harness = createHarness({ ...brokenStore("first") }, () => Promise.reject(new Error("no way out")));
    await harness.command("status", { user_id: undefined });
    expect(errorIds(harness)).toEqual(["00000001"]);
    expect(harness.lines).toMatchObject([{ id: "00000001", listener: "/wa-token" }]);
  });

  it("does not stop the next one", async () => {
    const harness = createHarness({ ...brokenStore("first") });
    await harness.command("status");
    await harness.command("help");
    expect(harness.deeds.at(-1)?.what).toBe("respond");
    expect(harness.errors).toHaveLength(1);
  });
});
