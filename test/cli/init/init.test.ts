import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { openWorld, type World } from "../../../sandbox/world.ts";
import { CTRL_C, CTRL_D, DOWN, openDialogue } from "./terminal.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld({ mode: "socket" });
});

afterAll(() => world.close());

/** The addresses of the sandbox, and nothing that init asks about. */
const addresses = () => ({ SLACK_API_URL: world.slack.apiUrl, GRAPH_API_URL: world.graph.url });

const folder = (): string => mkdtempSync(join(world.dataDir, "init-"));

const envIn = (cwd: string) => parseEnv(readFileSync(join(cwd, ".env"), "utf8"));

describe("wa-token init", () => {
  it("leads from nothing to a pressed test button", async () => {
    const cwd = folder();
    const robin = world.slack.person("robin");
    const token = world.graph.issueToken({
      targets: {
        whatsapp_business_management: [demoIds.account],
        whatsapp_business_messaging: [demoIds.account],
      },
    });
    writeFileSync(join(cwd, "token"), `${token}\n`);
    writeFileSync(join(cwd, ".env"), "# mine\nMINE=1\n", { mode: 0o644 });
    const { answer, sees, end, shown } = openDialogue(cwd, { env: addresses() });

    await answer("Bot token", world.slack.botToken);
    await sees("Workspace Sandbox");
    await answer("How does Slack reach the bot?");
    await answer("App-level token:", world.slack.appToken);
    await answer("Channel ID:", world.slack.channelId("wa-alerts"));
    await sees("The bot can post there");
    await answer("Where is the token?");
    await answer("Path of the file:", "token");
    await sees("A working token of the app");
    await answer("App secret", "sandbox-app-secret");
    await sees("Meta accepts its secret");
    await sees("never expires");
    await sees(`WhatsApp account Example Shop (ID ${demoIds.account})`);
    await answer("Which phone number?");
    await sees(`Number +1 555-010-0001 Example Shop (ID ${demoIds.phone})`);
    await answer("Slack user ID", robin.id);
    await answer("Post a test message");
    await sees("Press the button in Slack");
    const posted = await world.slack.waitFor(() => robin.channelMessages("wa-alerts").at(-1));
    expect(await robin.click("set-up.press", { in: posted })).toMatchObject({ kind: "acked" });
    await sees("The button was pressed");
    await sees("The set-up is complete. Start the bot: npm start");
    await sees("Then type /wa-token in Slack.");

    expect(await end).toEqual({ code: 0, err: "" });
    expect(envIn(cwd)).toEqual({
      MINE: "1",
      SLACK_BOT_TOKEN: world.slack.botToken,
      SLACK_APP_TOKEN: world.slack.appToken,
      ALERT_CHANNEL: world.slack.channelId("wa-alerts"),
      WHATSAPP_TOKEN_SOURCE: `file:${join(cwd, "token")}`,
      META_APP_ID: "100000000000042",
      META_APP_SECRET: "sandbox-app-secret",
      WHATSAPP_BUSINESS_ACCOUNT_ID: demoIds.account,
      WHATSAPP_PHONE_NUMBER_ID: demoIds.phone,
      ONCALL: robin.id,
    });
    expect(statSync(join(cwd, ".env")).mode & 0o777).toBe(0o600);
    expect(shown()).not.toMatch(/[✔√]/);
    for (const secret of [token, world.slack.botToken, world.slack.appToken, "sandbox-app-secret"])
      expect(shown()).not.toContain(secret);
    expect(robin.channelMessages("wa-alerts").at(-1)?.text).toBe(
      `Set-up of wa-token: alerts arrive here, and their buttons work. <@${robin.id}> pressed the button.`,
    );
  });

  it("keeps what was checked when it is interrupted, and continues there", async () => {
    const cwd = folder();
    const first = openDialogue(cwd, { env: addresses() });
    await first.answer("Bot token", world.slack.botToken);
    await first.sees("How does Slack reach the bot?");
    first.press(CTRL_C);
    expect(await first.end).toEqual({
      code: 2,
      err: "Stopped. .env keeps what was checked: SLACK_BOT_TOKEN. Run wa-token init again to continue.\n",
    });
    expect(envIn(cwd)).toEqual({ SLACK_BOT_TOKEN: world.slack.botToken });

    const second = openDialogue(cwd, { env: addresses() });
    await second.sees("(SLACK_BOT_TOKEN in .env)");
    await second.sees("How does Slack reach the bot?");
    second.stop();
    expect((await second.end).code).toBe(2);
  });

  it("asks again after a mistake, saves a pasted token on a clear yes, and leaves optional values out", async () => {
    const cwd = folder();
    const robin = world.slack.person("robin");
    const before = robin.channelMessages("wa-alerts").length;
    const token = world.tokens.sixtyDay;
    const { answer, press, sees, end, shown } = openDialogue(cwd, { env: addresses() });
    await answer("Bot token", world.slack.appToken);
    await sees("it starts with xapp-, which is the app-level token");
    await answer("Bot token");
    await sees("The bot needs SLACK_BOT_TOKEN");
    await answer("Bot token", world.slack.botToken);
    await answer("How does Slack reach the bot?");
    await answer("App-level token", world.slack.appToken);
    await answer("Channel ID", "#wa-alerts");
    await sees("must be a channel ID such as C0123456789, not its name");
    await answer("Channel ID", world.slack.channelId("wa-alerts"));
    await answer("Where is the token?");
    await answer("Path of the file:");
    await answer("let init write the file?", "y");
    await answer("Token (Enter to go back)", "hello");
    await sees("Invalid:");
    await answer("Token (Enter to go back)", token);
    await sees("readable only by your user");
    await sees("A working token of the app Example Notifier");
    await answer("App secret (Enter to skip)");
    await sees("the bot cannot know when a token expires");
    await answer("WhatsApp Business account ID (Enter to skip)", demoIds.phone);
    await sees("is the ID of a phone number");
    await answer("WhatsApp Business account ID (Enter to skip)");
    await answer("Phone number ID (Enter to skip)", demoIds.phone);
    await sees("Number Example Shop");
    await answer("Slack user ID or user group ID (Enter to skip)");
    await answer("Post a test message");
    await sees("Press the button in Slack");
    expect(robin.channelMessages("wa-alerts")).toHaveLength(before + 1);
    press("\r");
    await sees("Skipped");
    expect(await end).toEqual({ code: 0, err: "" });
    expect(robin.channelMessages("wa-alerts")).toHaveLength(before);
    const saved = join(cwd, "data", "whatsapp-token");
    expect([readFileSync(saved, "utf8"), statSync(saved).mode & 0o777]).toEqual([`${token}\n`, 0o600]);
    expect(envIn(cwd)["WHATSAPP_TOKEN_SOURCE"]).toBe(`file:${saved}`);
    expect(envIn(cwd)["META_APP_ID"]).toBeUndefined();
    expect(shown() + readFileSync(join(cwd, ".env"), "utf8")).not.toContain(token);
  });

  it.each([
    ["Ctrl-C", CTRL_C],
    ["Ctrl-D", CTRL_D],
  ])("ends at the first question with %s", async (_name, keys) => {
    const { sees, press, end } = openDialogue(folder(), { env: addresses() });
    await sees("Bot token");
    press(keys);
    expect(await end).toEqual({ code: 2, err: "Stopped. Nothing was saved.\n" });
  });

  it("asks for an app that signs its calls, and then inspects the token", async () => {
    const cwd = folder();
    world.graph.requireProof(true);
    const { SLACK_BOT_TOKEN = "", SLACK_APP_TOKEN = "", ALERT_CHANNEL = "" } = world.env;
    const env = { ...addresses(), SLACK_BOT_TOKEN, SLACK_APP_TOKEN, ALERT_CHANNEL };
    const { answer, press, sees, end } = openDialogue(cwd, {
      env: { ...env, WHATSAPP_ACCESS_TOKEN: world.tokens.never },
    });
    await sees("A token of an app that signs its calls");
    await answer("App ID (Enter to skip)", "100000000000099");
    await sees("Meta knows no app with this ID");
    await answer("App ID (Enter to skip)", "100000000000042");
    await answer("App secret (Enter to skip)", "another-secret");
    await sees("META_APP_SECRET is not the secret of the app");
    await answer("App secret (Enter to skip)", "sandbox-app-secret");
    await sees("it never expires");
    await sees("WhatsApp Business account ID");
    press(CTRL_C);
    expect((await end).err).toContain("WHATSAPP_TOKEN_SOURCE, META_APP_ID, META_APP_SECRET.");
    world.graph.requireProof(false);
    expect(readFileSync(join(cwd, ".env"), "utf8")).not.toContain(world.tokens.never);
  });

  it("stops for a wrong value that .env cannot correct", async () => {
    const { end } = openDialogue(folder(), { env: { ...addresses(), SLACK_BOT_TOKEN: "xoxb-other" } });
    expect(await end).toEqual({
      code: 2,
      err: "Correct or remove SLACK_BOT_TOKEN in the environment, which has priority over .env. Then run init again.\n",
    });
  });

  it("names wrong variables that it does not ask about before the first question", async () => {
    const { end, shown } = openDialogue(folder(), { env: { ...addresses(), LOG_LEVEL: "loud" } });
    expect((await end).err).toMatch(/LOG_LEVEL must be one of/);
    expect(shown()).toBe("");
  });

  it("sets HTTP mode up, and reads the token in the .env of an app", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "app.env"), `TOKEN=${world.tokens.never}\n`);
    const { SLACK_BOT_TOKEN = "", ALERT_CHANNEL = "", META_APP_ID = "", META_APP_SECRET = "" } = world.env;
    const { answer, sees, end } = openDialogue(cwd, {
      env: { ...addresses(), SLACK_BOT_TOKEN, META_APP_ID, META_APP_SECRET, ALERT_CHANNEL },
    });
    await answer("How does Slack reach the bot?", DOWN);
    await answer("Signing secret", "0123456789abcdef".repeat(2));
    await sees("Only a request from Slack can test it");
    await answer("Where is the token?", DOWN);
    await answer("Path of the .env file", "app.env");
    await answer("Name of the variable", "TOKEN");
    await sees("A working token of the app Example Notifier");
    await answer("WhatsApp Business account ID (Enter to skip)", demoIds.account);
    await answer("Which phone number?", DOWN);
    await answer("Phone number ID (Enter to skip)");
    await answer("Slack user ID or user group ID (Enter to skip)", "robin");
    await sees("ONCALL must be a Slack user ID");
    await answer("Slack user ID or user group ID (Enter to skip)");
    await sees("In HTTP mode, start the bot first");
    expect((await end).code).toBe(0);
    expect(envIn(cwd)).toMatchObject({
      SLACK_SIGNING_SECRET: "0123456789abcdef".repeat(2),
      WHATSAPP_TOKEN_SOURCE: `dotenv:${join(cwd, "app.env")}#TOKEN`,
      WHATSAPP_BUSINESS_ACCOUNT_ID: demoIds.account,
    });
  });

  it("stops at once while a service does not answer", async () => {
    const before = world.slack.calls("auth.test").length;
    world.slack.faults.add({ kind: "hang", method: "auth.test" });
    const { answer, stop, end } = openDialogue(folder(), { env: addresses() });
    await answer("Bot token", world.slack.botToken);
    await world.slack.waitFor(() => world.slack.calls("auth.test").length > before);
    stop();
    expect(await end).toEqual({ code: 2, err: "Stopped. Nothing was saved.\n" });
  });
});
