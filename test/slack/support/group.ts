import type { ShownGroup } from "../../../src/slack/messages/group/group-view.ts";
import type { Alert } from "../../../src/alert/alert.ts";
import { aCard, aFailure, aFinding, anAlert, anEvidence, aVerdict, NOW } from "../../support/builders.ts";

export const aGroup = (fields: Partial<ShownGroup> = {}): ShownGroup => ({
  id: "group-1",
  openedAt: NOW,
  leftAt: null,
  ...fields,
});

/** Alerts `shop-0`, `shop-1`… whose tokens somebody revoked. */
export const revokedAlerts = (count: number, fields: Partial<Alert> = {}): readonly Alert[] =>
  Array.from({ length: count }, (_, index) =>
    anAlert({
      id: `alert-${index}`,
      card: aCard({ name: `shop-${index}`, owner: `U0OWNER${index % 2}` }),
      verdict: aVerdict({
        findings: [aFinding("revoked")],
      }),
      ...fields,
    }),
  );

/** Alerts of watches that could not be checked. */
export const uncheckedAlerts = (count: number, fields: Partial<Alert> = {}): readonly Alert[] =>
  Array.from({ length: count }, (_, index) =>
    anAlert({
      id: `alert-${index}`,
      card: aCard({ name: `shop-${index}` }),
      kind: "not_checked",
      verdict: null,
      failing: {
        failure: aFailure({ message: "Graph did not answer within 5 s.", evidence: anEvidence({ status: null }) }),
        since: NOW,
        tries: 3,
      },
      ...fields,
    }),
  );
