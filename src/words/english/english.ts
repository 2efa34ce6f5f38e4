import { absence } from "./absence.ts";
import { alerts } from "./alerts.ts";
import { assetNouns, idSettings, nodeName, sendingReports } from "./assets.ts";
import { audit } from "./audit.ts";
import { caveats } from "./caveats.ts";
import { checkForm } from "./check/check-form.ts";
import { checkResult } from "./check/check-result.ts";
import { digest } from "./digest.ts";
import { failures } from "./failures.ts";
import { findings } from "./findings.ts";
import { groups, lists } from "./groups.ts";
import { guide } from "./guide.ts";
import { help } from "./help.ts";
import { history } from "./history.ts";
import { home } from "./home.ts";
import { notices } from "./notices.ts";
import { remedies } from "./remedies.ts";
import { renewal } from "./renewal/renewal.ts";
import { pressReplies, buttons, groupReplies, replies, snoozeForm } from "./replies.ts";
import { leakCheck } from "./check/leak-check.ts";
import { results } from "./check/results.ts";
import { shapes } from "./shapes.ts";
import { slackSetup } from "./slack-setup.ts";
import { states } from "./states.ts";
import { status } from "./status.ts";

/** The product's sentences in English. */
export const english = {
  absence,
  alerts,
  assets: { idSettings, nodeName, nouns: assetNouns, sendingReports },
  pressReplies,
  buttons,
  audit,
  caveats,
  checkForm,
  checkResult,
  digest,
  failures,
  findings,
  groupReplies,
  groups,
  guide,
  help,
  history,
  home,
  leakCheck,
  lists,
  notices,
  remedies,
  renewal,
  replies,
  results,
  shapes,
  slackSetup,
  snoozeForm,
  states,
  status,
};
