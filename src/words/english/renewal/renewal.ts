import { actorText } from "./actors.ts";
import { againstUse, confirmInUse, renewalButtons, renewalConfirms } from "./buttons.ts";
import { detailText } from "./details.ts";
import { renewalForms } from "./forms.ts";
import { renewalMessage } from "./message.ts";
import { obstacleText } from "./obstacles.ts";

/** Everything that people read about a renewal, in Slack and in a terminal. */
export const renewal = {
  actor: actorText,
  buttons: renewalButtons,
  confirms: renewalConfirms,
  againstUse,
  confirmInUse,
  detail: detailText,
  forms: renewalForms,
  message: renewalMessage,
  obstacle: obstacleText,
} as const;
