import { type Kysely, sql } from "kysely";
import type { Schema } from "../../src/store/tables/schema.ts";

/**
 * The invariants of the rows between any two transactions. Each query returns the IDs of the rows that break one.
 *
 * One promise has no query: a posted message that owes nothing shows the current state of its alerts. The store keeps
 * no copy of Slack's content and deletes settled rows, so rows alone cannot prove it. Tests that also see the calls
 * check it: test/outbox/walk.ts after each step, for all kinds of messages; test/store/postgres/postgres-races.test.ts after each
 * race; test/crash/audit-truth.ts at the end of a campaign, by the texts.
 */
const INVARIANTS: Readonly<Record<string, string>> = {
  "an open alert has a home, or is owed without one": `
    select id from alerts where resolved_at is null and message_id is null
      and not exists (select 1 from owed where owed.alert_id = alerts.id and owed.message_id is null and owed.what = 'joined')`,
  "an alert's home exists": `
    select id from alerts where message_id is not null
      and not exists (select 1 from messages where messages.id = alerts.message_id)`,
  "an owed row's message exists": `
    select id from owed where message_id is not null
      and not exists (select 1 from messages where messages.id = owed.message_id)`,
  "an owed row's alert exists": `
    select id from owed where alert_id is not null
      and not exists (select 1 from alerts where alerts.id = owed.alert_id)`,
  "a mention's message and alert exist": `
    select message_id as id from mentions
      where not exists (select 1 from messages where messages.id = mentions.message_id)
        or not exists (select 1 from alerts where alerts.id = mentions.alert_id)`,
  "a group's open members have its cause": `
    select alerts.id from alerts join messages on messages.id = alerts.message_id
      where messages.kind = 'group' and alerts.resolved_at is null
        and (alerts.cause is null or alerts.cause <> messages.subject)`,
  "an alert lives in a home, and alone in one of its own": `
    select alerts.id from alerts join messages on messages.id = alerts.message_id
      where messages.kind not in ('alert', 'group') or (messages.kind = 'alert' and messages.subject <> alerts.id)`,
  "a renewal has its message": `
    select id from renewals where not exists (
      select 1 from messages where messages.id = renewals.id and messages.kind = 'renewal' and messages.subject = renewals.id)`,
  "a message stands somewhere or nowhere": `
    select id from messages where (ts is null) <> (channel is null) or (ts is not null and posted_at is null)`,
  "a row without a message is about an alert without a home": `
    select owed.id from owed left join alerts on alerts.id = owed.alert_id
      where owed.message_id is null and (alerts.id is null or alerts.message_id is not null)`,
};

/** Answers a query on the outbox's database. */
type Ask = (query: string) => Promise<readonly { readonly id: string }[]>;

/** The problems of an outbox's rows; empty when there are none. */
export async function auditOutbox(ask: Ask): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [what, query] of Object.entries(INVARIANTS))
    problems.push(...(await ask(query)).map(({ id }) => `not true that ${what}: ${id}`));
  return problems;
}

/** The same for a database that a test holds open. */
export async function auditDatabase(db: Kysely<Schema>): Promise<readonly string[]> {
  return auditOutbox(async (query) => (await sql<{ id: string }>`${sql.raw(query)}`.execute(db)).rows);
}
