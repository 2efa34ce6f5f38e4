// renewal/ is what admins press and fill in to renew a token. gate.ts lets only admins through and saves refused
// attempts. begin.ts decides who may begin a renewal now. start.ts is the dialog "Renew…", paste.ts the form for a new
// token, presses.ts the buttons of an open renewal, checklist.ts the menu in the guide. The message in the channel is in
// messages/renewal/.
import type { TakeTurn } from "../check/rate-limit.ts";
import { RENEWAL } from "../messages/renewal/ids.ts";
import type { Listeners } from "../requests/bind.ts";
import { createBegin } from "./begin.ts";
import { createStartChecklist } from "./checklist.ts";
import { createGate } from "./gate.ts";
import { PASTE_FORM, RENEW_FORM, START_CHECKLIST } from "./ids.ts";
import { createOpenPaste, createSubmitPaste } from "./paste.ts";
import { createPresses } from "./presses.ts";
import { createOpenRenew, createSubmitRenew } from "./start.ts";

/** @param takeTurn the limit that checks have too */
export function createRenewalListeners(takeTurn: TakeTurn): Pick<Listeners, "actions" | "submissions"> {
  const gate = createGate();
  const begin = createBegin(gate, takeTurn);
  const { confirmInUse, cancel, endOld, putBack } = createPresses(gate, takeTurn);
  return {
    actions: {
      [RENEWAL.renew]: createOpenRenew(begin),
      [RENEWAL.paste]: createOpenPaste(gate),
      [RENEWAL.confirm_in_use]: confirmInUse,
      [RENEWAL.end_old]: endOld,
      [RENEWAL.put_back]: putBack,
      [RENEWAL.cancel]: cancel,
      [START_CHECKLIST]: createStartChecklist(begin),
    },
    submissions: {
      [RENEW_FORM]: createSubmitRenew(begin),
      [PASTE_FORM]: createSubmitPaste(gate, takeTurn),
    },
  };
}
