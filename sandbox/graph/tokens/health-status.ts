import type { GraphState, PhoneNumber, WhatsAppAccount } from "../state.ts";

/**
 * `health_status` of a number or an account: its entities and, as the overall state, the worst of them (health-status
 * page, read 2026-11).
 */
export function healthStatus(state: GraphState, account: WhatsAppAccount, appId: string, phone?: PhoneNumber): object {
  const entities = [
    ...(phone === undefined ? [] : [entityOf(state, "PHONE_NUMBER", phone.id)]),
    entityOf(state, "WABA", account.id),
    entityOf(state, "BUSINESS", account.businessId),
    entityOf(state, "APP", appId),
  ];
  const worst = entities.reduce((a, b) => (badness[b.can_send_message] > badness[a.can_send_message] ? b : a));
  return { can_send_message: worst.can_send_message, entities };
}

type Sending = "AVAILABLE" | "LIMITED" | "BLOCKED";

const badness: Readonly<Record<Sending, number>> = { AVAILABLE: 0, LIMITED: 1, BLOCKED: 2 };

interface Entity {
  readonly entity_type: string;
  readonly id: string;
  readonly can_send_message: Sending;
}

function entityOf(state: GraphState, type: string, id: string): Entity {
  const health = state.health.get(id);
  if (health === undefined) return { entity_type: type, id, can_send_message: "AVAILABLE" };
  const errors = health.problems.map(({ code, description, solution }) => ({
    error_code: code,
    error_description: description,
    possible_solution: solution,
  }));
  return {
    entity_type: type,
    id,
    can_send_message: health.sending,
    ...(health.notes.length > 0 ? { additional_info: health.notes } : {}),
    ...(errors.length > 0 ? { errors } : {}),
  };
}
