import { request } from "node:http";
import { connect } from "node:net";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { type OpenPage, openPage } from "./open-page.ts";

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A raw request, because fetch does not let us set Host and Origin. */
const ask = (page: OpenPage, { method = "GET", path = "/", headers = {}, body = "" }: Asked) =>
  new Promise<{
    readonly status: number | undefined;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: string;
  }>((resolve, reject) => {
    const { host, port } = new URL(page.url);
    const asking = request({ host: "127.0.0.1", port, method, path, headers: { host, ...headers } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: text }));
    });
    asking.on("error", reject);
    asking.end(body);
  });

const JSON_TYPE = { "content-type": "application/json" };

describe("the page's server", () => {
  it("serves the page with a policy that blocks content from other sites", async () => {
    const page = await openPage();
    const { status, headers, body } = await ask(page, {});
    expect(status).toBe(200);
    expect(body).toContain('<div id="page">');
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(body).not.toMatch(/https?:\/\//);
  });

  it("refuses a foreign host name, a foreign origin and an unexpected body", async () => {
    const page = await openPage();
    const { host, origin } = new URL(page.url);
    const body = JSON.stringify({ as: page.robin, channel: page.world.slack.channelId("general"), text: "help" });
    const post = { method: "POST", path: "/api/command", body };
    const tried: readonly (readonly [Asked, number])[] = [
      [{ headers: { host: "evil.example" } }, 421],
      [{ headers: { host: `evil.example:${new URL(page.url).port}` } }, 421],
      [{ ...post, headers: { ...JSON_TYPE } }, 403],
      [{ ...post, headers: { ...JSON_TYPE, origin: "http://evil.example" } }, 403],
      [{ ...post, headers: { ...JSON_TYPE, origin: "null" } }, 403],
      [{ ...post, headers: { ...JSON_TYPE, origin, "sec-fetch-site": "cross-site" } }, 403],
      [{ ...post, headers: { "content-type": "text/plain", origin } }, 415],
      [{ ...post, headers: { ...JSON_TYPE, origin }, body: "{" }, 400],
      [{ ...post, headers: { ...JSON_TYPE, origin }, body: "{}" }, 400],
      [{ ...post, headers: { ...JSON_TYPE, origin }, body: `"${"x".repeat(300_000)}"` }, 413],
      [{ ...post, headers: { ...JSON_TYPE, origin }, path: "/api/nothing" }, 404],
      [{ ...post, headers: { ...JSON_TYPE, origin }, path: "/api/constructor" }, 404],
      [{ method: "PUT", headers: { origin } }, 405],
      [{ path: "/nothing" }, 404],
      [{ path: "/../package.json" }, 404],
      [{ path: "/api/events?as=nobody" }, 404],
      [{ path: "//" }, 400],
    ];
    for (const [asked, status] of tried) expect([asked, (await ask(page, asked)).status]).toEqual([asked, status]);
    expect(
      page
        .see(page.robin)
        .conversations.flatMap(({ messages }) => messages)
        .filter((one) => one.onlyYou),
    ).toEqual([]);

    const localhost = {
      ...post,
      headers: {
        ...JSON_TYPE,
        host: host.replace("127.0.0.1", "localhost"),
        origin: origin.replace("127.0.0.1", "localhost"),
      },
    };
    expect((await ask(page, localhost)).status).toBe(200);
  });

  it("keeps running after a request that is not HTTP", async () => {
    const page = await openPage();
    const socket = connect(Number(new URL(page.url).port), "127.0.0.1");
    socket.write("\u0000\u0001 nonsense\r\n\r\n");
    await once(socket.resume(), "close");
    expect((await ask(page, {})).status).toBe(200);
  });

  it("streams a person's Slack at once, and again when it changes", async () => {
    const page = await openPage();
    const answer = await fetch(`${page.url}api/events`);
    expect(answer.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const until = async (wanted: string): Promise<void> => {
      while (!text.includes(wanted)) {
        const next = await reader?.read();
        if (next?.done !== false) throw new Error(`the stream ended before ${wanted}`);
        text += next.value;
      }
    };
    await until("\n\n");
    expect(text).toMatch(/^event: slack\ndata: \{"viewer":\{"id":"[^"]+","name":"robin"/);
    await page.post("/api/command", { as: page.robin, channel: page.world.slack.channelId("general"), text: "help" });
    await until("WhatsApp token help");
    await reader?.cancel();
  });
});
