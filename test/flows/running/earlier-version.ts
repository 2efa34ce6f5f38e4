import { rmSync } from "node:fs";
import { join } from "node:path";
import { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { watchesAndAlerts } from "../../../src/store/migrations/0001-watches-and-alerts.ts";
import { watchDefinition } from "../../../src/store/migrations/0002-watch-definition.ts";
import { createSqliteDialect } from "../../../src/store/sqlite/dialect.ts";
import { openDatabase } from "../../../src/store/sqlite/file.ts";
import type { World } from "../../../sandbox/world.ts";

// Rows and a message as the version before groups, notes and history left them: no oncall and appId in the card, no
// criticalSince and escalatedAt, no history.

const OPENED = "2026-11-22T08:00:00.000Z";
const ID = "2a5d270c-5d2c-4467-b91f-bf39572f7e5e";
const CALL = { call: "GET /debug_token", status: 200, code: null, subcode: null, trace: "AbF6pnCVzqIW2p7", at: OPENED };

const asset = (kind: string, id: string) => ({
  kind,
  id,
  name: "Example Shop",
  reach: "reached",
  sending: "available",
  failure: null,
});

const VERDICT = {
  state: "degraded",
  alive: true,
  findings: [
    {
      code: "scope_missing",
      severity: "critical",
      message: "The token lacks the permission whatsapp_business_messaging.",
      remedy: "Generate a new token with these permissions: a token never gains permissions later.",
      objects: ["whatsapp_business_messaging"],
      evidence: CALL,
      notRecheckedSince: null,
    },
  ],
  failure: null,
  token: {
    fingerprint: "aabb1d6d63b7",
    tail: "OMQSvuRh",
    type: "SYSTEM_USER",
    appId: "100000000000042",
    appName: "Example Notifier",
    userId: "100000000000777",
    issuedAt: "2026-11-21T08:00:00.000Z",
    expiry: { kind: "never" },
    dataAccess: { kind: "never" },
    scopes: ["whatsapp_business_management"],
    missingScopes: ["whatsapp_business_messaging"],
    extraScopes: [],
  },
  assets: [asset("phone", "100000000002001"), asset("waba", "100000000001001")],
  threshold: null,
  evidence: CALL,
  answer: CALL,
  checkedAt: OPENED,
};

const bodyFor = ({ slack }: World) => ({
  card: {
    name: "orders-prod",
    channel: slack.channelId("wa-alerts"),
    owner: slack.person("sam").id,
    consumers: ["checkout"],
    source: "file /run/secrets/orders",
    phoneNumberId: "100000000002001",
    whatsappBusinessAccountId: "100000000001001",
  },
  kind: "problem",
  severity: "critical",
  resolution: null,
  verdict: VERDICT,
  failing: null,
  before: { fingerprint: "aabb1d6d63b7", expiry: { kind: "never" } },
  acknowledged: null,
  snoozed: null,
  spokeAt: OPENED,
});

const button = (action: string, text: string, value = ID) => ({
  type: "button",
  action_id: `alert.${action}`,
  text: { type: "plain_text", text, emoji: true },
  value,
});

const MESSAGE = {
  text: "Critical: *orders-prod* is degraded.\nThe token lacks the permission whatsapp_business_messaging.",
  attachments: [
    {
      color: "#d72b3f",
      fallback: "Details of orders-prod",
      blocks: [
        { type: "section", fields: [{ type: "mrkdwn", text: "*Used by*\ncheckout" }] },
        {
          type: "actions",
          elements: [
            button("acknowledge", "Acknowledge"),
            button("snooze", "Snooze…"),
            button("check", "Check now"),
            button("guide", "Open guide", "scopes"),
          ],
        },
      ],
    },
  ],
};

const post = async ({ slack }: World): Promise<string> => {
  const reply = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: "POST",
    headers: { authorization: `Bearer ${slack.botToken}`, "content-type": "application/json" },
    body: JSON.stringify({ channel: slack.channelId("wa-alerts"), ...MESSAGE }),
  });
  const { ts }: { ts?: unknown } = Object(await reply.json());
  return String(ts);
};

interface OldSchema {
  readonly watches: Record<string, string | null>;
  readonly alerts: Record<string, string | number | null>;
}

/** Makes the world's database as it was, with one open critical alert; `told`: its message stands in the channel. */
export const leaveEarlierVersion = async (world: World, told: boolean): Promise<void> => {
  const path = join(world.dataDir, "wa-token.db");
  rmSync(path);
  const dialect = createSqliteDialect(openDatabase(path, false));
  const db = new Kysely<OldSchema>({ dialect });
  const steps = { "0001-watches-and-alerts": watchesAndAlerts, "0002-watch-definition": watchDefinition };
  await new Migrator({ db, provider: { getMigrations: () => Promise.resolve(steps) } }).migrateToLatest();
  const verdict = JSON.stringify(VERDICT);
  const times = { checked_at: OPENED, next_due_at: "2026-11-22T08:14:28.570Z" };
  await db
    .insertInto("watches")
    .values({
      name: "orders-prod",
      verdict,
      alive_fingerprint: "aabb1d6d63b7",
      definition: "dc171e23f54adeb5",
      ...times,
    })
    .execute();
  const delivered = told
    ? { delivered_revision: 1, replied_revision: 1, channel: world.slack.channelId("wa-alerts"), ts: await post(world) }
    : {};
  await db
    .insertInto("alerts")
    .values({
      id: ID,
      watch: "orders-prod",
      opened_at: OPENED,
      revision: 1,
      body: JSON.stringify(bodyFor(world)),
      replies: "[]",
      ...delivered,
    })
    .execute();
  await db.destroy();
};
