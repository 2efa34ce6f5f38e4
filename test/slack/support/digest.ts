import type {
  DigestCounts,
  DigestRow,
  DigestTable,
  FleetTrouble,
  RenewedRow,
} from "../../../src/outbox/digest-table.ts";
import { NOW } from "../../support/builders.ts";

/** A healthy watch in the digest. */
export const aRow = (fields: Partial<DigestRow> = {}): DigestRow => ({
  watch: "orders-prod",
  state: "healthy",
  expiry: { kind: "never" },
  answeredAt: NOW,
  alert: null,
  acknowledged: false,
  snoozedUntil: null,
  extraScopes: [],
  old: false,
  evidence: null,
  unread: [],
  ...fields,
});

/** A digest of these rows; its counts are of one healthy watch. */
export const aTable = (
  rows: readonly DigestRow[],
  fields: {
    readonly counts?: Partial<DigestCounts>;
    readonly more?: number;
    readonly renewed?: readonly RenewedRow[];
    readonly fleets?: readonly FleetTrouble[];
  } = {},
): DigestTable => ({
  more: 0,
  renewed: [],
  fleets: [],
  ...fields,
  counts: {
    states: [{ state: "healthy", count: 1 }],
    alerts: 0,
    acknowledged: 0,
    snoozed: 0,
    unread: 0,
    ...fields.counts,
  },
  rows,
});
