import type { DeliveryFailure, Notifier, OutboxStore } from "./outbox.ts";
import type { Obstacle, Send } from "./pace.ts";

/** What the pieces of work share. */
export interface WorkDeps {
  readonly store: Omit<OutboxStore, "listUndelivered">;
  readonly notifier: Notifier;
  readonly now: () => Date;
  /** Names a new note. */
  readonly newId: () => string;
  /** Channel or user id that hears what another channel refuses; undefined: only the owner does. */
  readonly fallbackChannel: string | undefined;
  /** How often a critical alert speaks again; a group's reminders keep half of it between them. */
  readonly repeatCriticalMs: number;
  /** Told of each message that Slack took and the store knows of. */
  readonly onDone: (what: "posts" | "edits" | "replies" | "notes") => void;
}

/** One thing in hand that is owed to one channel: an alert, a group, or notes that make one message. */
export interface Work {
  readonly kind: "alert" | "group" | "note";
  readonly channel: string;
  /** With `version`: what it is and how it stands, to know it again when the store hands it out twice. */
  readonly id: string;
  readonly version: string;
  /** What the log calls it. */
  readonly about: Readonly<Record<string, string>>;
  /** Failed tries since the last success. */
  readonly failures: number;
  /** Sends what is owed, saves it and ends the claim. Gives what stopped it: then the claim is still held. */
  deliver(send: Send): Promise<Obstacle | undefined>;
  /** Gives the claim back untried. */
  release(): Promise<void>;
  /** Saves the failure and ends the claim. */
  fail(failure: DeliveryFailure, retryAt: Date): Promise<void>;
}
