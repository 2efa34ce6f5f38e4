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
