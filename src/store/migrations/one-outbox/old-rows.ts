import { z } from "zod";

// Rows as step 0004 left them. Later schema changes do not affect them. Fields that are only copied are not checked.
export interface OldAlert {
  id: string;
  watch: string;
  opened_at: string;
  resolved_at: string | null;
  revision: number;
  body: string;
  severity: string;
  card_channel: string;
  cause: string | null;
  replies: string;
  delivered_revision: number;
  replied_revision: number;
  fallback_revision: number;
  group_id: string | null;
  channel: string | null;
  ts: string | null;
  failures: number;
  retry_at: string | null;
  last_error: string | null;
}

export interface OldGroup {
  id: string;
  cause: string;
  card_channel: string;
  opened_at: string;
  spoke_at: string | null;
  channel: string | null;
  ts: string | null;
  failures: number;
  retry_at: string | null;
  last_error: string | null;
}

export interface OldNote {
  id: string;
  at: string;
  priority: number;
  routes: string;
  route: string;
  kind: string;
  channel: string | null;
  ts: string | null;
  failures: number;
  retry_at: string | null;
  last_error: string | null;
  body: string;
}

export interface NewMessage {
  id: string;
  kind: string;
  subject: string | null;
  routes: string;
  route: string;
  body: string | null;
  created_at: string;
  channel: string | null;
  ts: string | null;
  posted_at: string | null;
  spoke_at: string | null;
  failures: number;
  retry_at: string | null;
  last_error: string | null;
}

export interface NewOwed {
  id: string;
  message_id: string | null;
  alert_id: string | null;
  revision: number;
  what: string;
  priority: number;
  at: string;
  notice: number;
  word: string | null;
  told_elsewhere: number;
}

/** The old and new tables during this step. */
export type StepTables = {
  alerts: OldAlert & { message_id: string | null; accepted_at: string | null };
  groups: OldGroup;
  notes: OldNote;
  messages: NewMessage;
  mentions: { message_id: string; alert_id: string };
  owed: NewOwed;
};

/** Parses JSON by a schema. Undefined when it does not match: the upgrade must not fail because of a damaged row. */
export function parseOld<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const Reply = z.looseObject({
  revision: z.number(),
  reason: z.string(),
  at: z.string(),
  notice: z.boolean(),
  by: z.string().nullish(),
});

export const OldReplies = z.array(Reply);
export type OldReply = z.infer<typeof Reply>;

/** The part of an alert's body that shows whether its token is dead. */
export const OldBody = z.looseObject({
  kind: z.string(),
  verdict: z.looseObject({ state: z.string() }).nullable(),
});

const Person = z.looseObject({ by: z.string() }).nullish();
const ListedAlert = z.looseObject({ id: z.string() });

export const OldNoteBody = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("escalation"), alert: ListedAlert }),
  z.looseObject({
    kind: z.literal("escalation_over"),
    alert: z.looseObject({
      id: z.string(),
      revision: z.number(),
      resolution: z.string().nullish(),
      acknowledged: Person,
      snoozed: Person,
    }),
  }),
  z.looseObject({
    kind: z.literal("refused_channel"),
    alert: ListedAlert,
    others: z.array(ListedAlert).default([]),
    channel: z.string(),
    error: z.string(),
  }),
  z.looseObject({ kind: z.literal("comeback") }),
  z.looseObject({ kind: z.literal("digest") }),
]);
