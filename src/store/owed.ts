import { type RawBuilder, sql, type SqlBool } from "kysely";

// Written out, not bound: an index is used only for the words it was made with (migrations/0003).

/** The column of an alert that owes no reply. */
export const NO_REPLIES_TEXT = "[]";

/** The same in a statement. */
export const NO_REPLIES: RawBuilder<string> = sql<string>`'[]'`;

/** Slack does not have the alert as it stands. */
export const isOwed: RawBuilder<SqlBool> = sql<SqlBool>`(delivered_revision < revision or replies <> '[]')`;

/** The same for one in a group, or its group's thread was not told yet that it joined. */
export const isOwedByGroup: RawBuilder<SqlBool> = sql<SqlBool>`
  (delivered_revision < revision or replies <> '[]' or (replied_revision = 0 and resolved_at is null))`;

/** Where the message stands; until it is posted, where it goes. */
export const placeOf: RawBuilder<string> = sql<string>`coalesce(channel, card_channel)`;

/**
 * An open group shows its cause in its channel: it joins that one, and is never posted on its own. Those causes are
 * looked up once for all the alerts: asked for each of them, it would be all open alerts that are looked through.
 */
export const isToJoin: RawBuilder<SqlBool> = sql<SqlBool>`
  (alerts.ts is null and alerts.resolved_at is null and alerts.cause is not null
    and (alerts.cause, alerts.card_channel) in (
      select groups.cause, groups.card_channel from groups
      where groups.resolved_at is null and exists (
        select 1 from alerts as shown
        where shown.group_id = groups.id and shown.resolved_at is null and shown.cause = groups.cause
          and shown.card_channel = groups.card_channel)))`;
