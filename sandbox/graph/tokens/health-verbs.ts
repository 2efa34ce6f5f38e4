import type { GraphState, HealthProblem } from "../state.ts";

export interface HealthVerbs {
  /**
   * Meta blocks sending for this entity: a phone number, an account, a business or an app. The default problem is a
   * payment problem.
   */
  readonly blockSending: (entityId: string, problem?: HealthProblem) => void;
  readonly limitSending: (entityId: string, note?: string) => void;
  readonly unblockSending: (entityId: string) => void;
}

export function healthVerbs(state: GraphState): HealthVerbs {
  return {
    blockSending: (entityId, problem = paymentProblem) => {
      state.health.set(entityId, { sending: "BLOCKED", notes: [], problems: [problem] });
    },
    limitSending: (entityId, note = nameInReview) => {
      state.health.set(entityId, { sending: "LIMITED", notes: [note], problems: [] });
    },
    unblockSending: (entityId) => {
      state.health.delete(entityId);
    },
  };
}

const paymentProblem: HealthProblem = {
  code: 141006,
  description: "There is an error with your payment method.",
  solution: "Add a payment method to the WhatsApp Business account or fix the one on file.",
};

const nameInReview =
  "Your display name has not been approved yet. Your message limit will increase after the display name is approved.";
