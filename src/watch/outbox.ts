import type { Alert, Reply } from "./alert.ts";
import type { Group, GroupCandidate, Grouping, GroupMember } from "./group.ts";
import type { Note, NoteBody } from "./note.ts";

/** A Slack message: channel and `ts` as Slack returned them. */
export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
}

/** An alert taken for delivery, with what has been delivered so far. */
export interface DeliveryClaim {
  readonly alert: Alert;
  readonly ref: MessageRef | null;
  readonly deliveredRevision: number;
  readonly repliedRevision: number;
  /** Failed tries since the last success. */
  readonly failures: number;
  /** The highest revision that was told elsewhere because the channel refuses it. */
  readonly fallbackRevision: number;
  readonly lease: string;
}

/** A group taken for delivery, with every alert in it, resolved ones too. */
export interface GroupClaim {
  readonly group: Group;
  readonly members: readonly GroupMember[];
  readonly ref: MessageRef | null;
  readonly failures: number;
  readonly lease: string;
}

/** A note taken for delivery. */
export interface NoteClaim {
  readonly note: Note;
  readonly failures: number;
  readonly lease: string;
}

/** Something whose message Slack does not have yet. */
export interface Undelivered {
  /** The watch it is about; null for a group, and for a note about many. */
  readonly watch: string | null;
  /** Which note it is; null for an alert or a group. */
  readonly note: NoteBody["kind"] | null;
  readonly channel: string;
  /** Why the last try failed; null when there was none yet. */
  readonly error: string | null;
  /** False: below critical, so that quiet hours may hold it back. */
  readonly urgent: boolean;
}

export interface ClaimOptions {
  readonly now: Date;
  readonly leaseMs: number;
  readonly limit: number;
  /** Only what quiet hours let through: critical alerts, and what a person just did to those that Slack shows. */
  readonly urgentOnly: boolean;
  /**
   * Nothing for these channels: their work is in hand already, or they must rest. Compared with where the message
   * stands, else with where it shall go; of a note with its first route.
   */
  readonly except: readonly string[];
}

interface FailedDelivery {
  readonly error: string;
  readonly retryAt: Date;
  /** Say it elsewhere; saved in the same transaction. */
  readonly notes?: readonly Note[];
}

/** What Slack took of a group, without those of its alerts that leave it. */
export type ToldGroup = { readonly leaving?: readonly string[] } & (
  | /** `at`: when; people notice a post, so `spokeAt` of the group is then. */
    { readonly kind: "post" | "edit"; readonly ref: MessageRef; readonly at: Date }
  /** The thread has been told of every reply of these alerts up to their revision; `notice`: in a way people see. */
  | { readonly kind: "reply"; readonly at: Date; readonly notice: boolean }
);

/**
 * What Slack does not have yet. Alerts that belong to a group are owed through it: no claim of their own gives them.
 * What a person just did comes first, then critical, then the rest, each oldest first.
 */
export interface OutboxStore {
  /** An alert whose cause an open group shows in its channel is not given: it joins that group. */
  claimUndelivered(options: ClaimOptions): Promise<readonly DeliveryClaim[]>;
  /** Saved after each Slack call that succeeded. A new post says everything, so earlier replies are not owed any more. */
  saveDelivery(
    claim: DeliveryClaim,
    done:
      | { readonly kind: "post" | "edit"; readonly ref: MessageRef; readonly revision: number }
      | { readonly kind: "reply"; readonly revision: number },
  ): Promise<void>;
  /** Ends the lease of a delivery that needs no more calls now. */
  releaseDelivery(claim: DeliveryClaim): Promise<void>;
  /** Ends the lease. The message is kept up to date no more: the alert is owed as new, in its card's channel. */
  giveUpMessage(claim: DeliveryClaim): Promise<void>;
  /** With notes, the alert's present revision counts as told elsewhere. */
  saveDeliveryFailure(claim: DeliveryClaim, failure: FailedDelivery): Promise<void>;

  /**
   * Puts alerts that were never posted into groups, in one transaction. `plan` gets, of every cause and channel with
   * such an alert, all open alerts. Gives how many alerts joined one.
   */
  groupAlerts(plan: (open: readonly GroupCandidate[]) => readonly Grouping[], now: Date): Promise<number>;
  claimGroups(options: ClaimOptions): Promise<readonly GroupClaim[]>;
  /**
   * The group's message shows all that the claim holds but `leaving`. A new post (`kind: "post"`) says everything. One of
   * `leaving` is owed by the group until its message and thread have both gone on without it, and from then on its own.
   */
  saveGroupDelivery(claim: GroupClaim, done: ToldGroup): Promise<void>;
  /** Ends the lease. These alerts leave the group and are owed on their own; `resolved`: no more alerts may join. */
  releaseGroup(
    claim: GroupClaim,
    end: { readonly leave: readonly string[]; readonly resolved: boolean },
  ): Promise<void>;
  /** With notes, the present revisions of its alerts count as told elsewhere. */
  saveGroupFailure(claim: GroupClaim, failure: FailedDelivery): Promise<void>;

  claimNotes(options: ClaimOptions): Promise<readonly NoteClaim[]>;
  /** Delivered: `ref` is where. */
  saveNote(claims: readonly NoteClaim[], ref: MessageRef): Promise<void>;
  /** `routes`: those still to try, when the first refused it. */
  saveNoteFailure(
    claims: readonly NoteClaim[],
    failure: { readonly error: string; readonly retryAt: Date; readonly routes: readonly string[] },
  ): Promise<void>;
  releaseNotes(claims: readonly NoteClaim[]): Promise<void>;

  /**
   * Reserves the next moment at which a message may go to a channel, `paceMs` after the one before, for all replicas
   * together. Gives that moment: now, or later.
   */
  reserveSlot(channel: string, now: Date, paceMs: number): Promise<Date>;
  /** Nobody sends to the channel before then: Slack asked to wait. */
  delayChannel(channel: string, until: Date): Promise<void>;
  /** Everything owed, oldest first, whether it may be tried now or not. */
  listUndelivered(): Promise<readonly Undelivered[]>;
}

/** Why Slack did not take something; `error` is Slack's word or ours, free of secrets. */
export type DeliveryFailure =
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number }
  /** The channel does not take it (`not_in_channel`, `is_archived`…): a person must act. */
  | { readonly kind: "refused"; readonly error: string }
  /** The message to edit is gone. */
  | { readonly kind: "message_gone"; readonly error: string }
  /** Slack is away or stumbled; try later. */
  | { readonly kind: "away"; readonly error: string };

export type DeliveryResult =
  | { readonly ok: true; readonly ref: MessageRef }
  | { readonly ok: false; readonly failure: DeliveryFailure };

/** What a group's thread is told at once of the replies its alerts owe. */
export interface GroupReply {
  readonly replies: readonly { readonly alert: Alert; readonly reply: Reply }[];
  /** Alerts that joined since the last delivery, and those that now have a message of their own. */
  readonly joined: readonly Alert[];
  readonly left: readonly Alert[];
  /** People must notice: is shown in the channel as well. */
  readonly notice: boolean;
}

/** Puts alerts, groups and notes into Slack. Never throws for anything Slack or the network does. */
export interface Notifier {
  post(alert: Alert): Promise<DeliveryResult>;
  update(alert: Alert, ref: MessageRef): Promise<DeliveryResult>;
  reply(alert: Alert, reply: Reply, ref: MessageRef): Promise<DeliveryResult>;
  postGroup(group: Group, alerts: readonly Alert[]): Promise<DeliveryResult>;
  updateGroup(group: Group, alerts: readonly Alert[], ref: MessageRef): Promise<DeliveryResult>;
  replyGroup(group: Group, reply: GroupReply, ref: MessageRef): Promise<DeliveryResult>;
  /** One message for notes of one kind; `to` is a channel or user id. */
  note(notes: readonly Note[], to: string): Promise<DeliveryResult>;
}
