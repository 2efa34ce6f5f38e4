import { code, rich, type Spans } from "../../guide/rich-text.ts";
import { describeSpan, MINUTE_MS } from "../../token/duration.ts";
import type { InspectionFailure } from "../../token/inspection.ts";
import { accusesCredential, type Misconfiguration, misconfigurationOf } from "../../token/misconfiguration.ts";
import { sentences } from "../values.ts";
import { CHECK_NETWORK } from "./slack-setup.ts";

/**
 * The place where people read the next step. `round`: the bot checks again without help. `asked`: a person asked in
 * Slack. `typed`: that person pasted the token. `terminal`: a person ran a command.
 */
export type FailurePlace = "round" | "asked" | "typed" | "terminal";

/** Texts for failures to learn the state of a token. */
export const failures = {
  /** Why a call gave no answer, as the end of a sentence: "…could not be read: Meta limits how often it answers". */
  reason(failure: Cause): Spans {
    const { kind, evidence } = failure;
    switch (kind) {
      case "unreachable":
        return (evidence?.status ?? null) === null ? rich`${NO_ANSWER}` : rich`Meta has trouble answering`;
      case "throttled":
        return rich`Meta limits how often it answers`;
      case "misconfigured":
        return SETTINGS[misconfigurationOf(failure)].reason;
      case "app_blocked":
        return rich`${APP_BLOCKED}`;
      case "malformed":
        return (evidence?.code ?? null) === null
          ? rich`Meta's answer could not be read`
          : rich`Meta answered with an error that this bot does not know (code ${String(evidence?.code)})`;
      case "unreadable":
        return rich`the token could not be read`;
    }
  },

  checksAgain: rich`The bot checks again automatically.`,

  /** The remedy, the same in every place. */
  remedy(failure: Cause): Spans {
    switch (failure.kind) {
      case "unreachable":
        return checkLater;
      case "throttled":
        return rich`Check again later. ${LONGER_LIMIT}`;
      case "misconfigured":
        return SETTINGS[misconfigurationOf(failure)].remedy;
      case "app_blocked":
        return openApp;
      case "malformed":
        return rich`${checkLater} ${STILL} the ID, ${GRAPH_SETTINGS}.`;
      case "unreadable":
        return copyAgain;
    }
  },

  /** The next step for a place; empty when the failure's own message already says it. */
  next(failure: Failed, place: FailurePlace): Spans {
    switch (place) {
      case "round":
        return nextInRound(failure);
      case "terminal":
        return nextInTerminal(failure);
      default:
        return nextInSlack(failure, place);
    }
  },
};

export const NO_CHECK_YET = "no successful check yet";

export const NO_ANSWER = "Meta did not answer";

export const APP_BLOCKED = "Meta has blocked or deleted the app";

/** Shown where people may first try a new token. */
export const NO_TOKEN_HELPS = "A new token does not help.";

export const setAppSecret = rich`Set ${code("META_APP_SECRET")}, or ${code("appSecret")} in the watchlist, to the current secret of the token's app.`;

export const checkLater = rich`Check again in a few minutes.`;

export const copyAgain = rich`Copy the whole token again.`;

/** Never suggests a new token or permission, because neither helps. */
export const openApp = rich`Open the app in the App Dashboard and do what Meta asks for there. ${NO_TOKEN_HELPS}`;

type Cause = Pick<InspectionFailure, "kind" | "evidence">;

/** Includes the wait that the answer asked for, if known. */
type Failed = Cause & Partial<Pick<InspectionFailure, "retryAfterMs">>;

const TRY_LATER = "Try again in a few minutes.";
const STILL = "If Meta still answers like this, check";
const LONGER_LIMIT = "Calls under a limit make the limit last longer.";

const GRAPH_SETTINGS = rich`${code("GRAPH_API_URL")} and ${code("GRAPH_API_VERSION")}`;

interface Setting {
  /** The end of a sentence. */
  readonly reason: Spans;
  readonly remedy: Spans;
}

const SETTINGS: Readonly<Record<Misconfiguration, Setting>> = {
  address: {
    reason: rich`the app does not accept calls from the IP address of this server`,
    remedy: rich`Add this server's public address to the app's server IP allow-list (App Dashboard, App settings, Advanced, Security).`,
  },
  version: {
    reason: rich`Meta does not serve the configured Graph API version`,
    remedy: rich`Set ${code("GRAPH_API_VERSION")} to a version that Meta serves, such as v26.0, and check ${code("GRAPH_API_URL")}.`,
  },
  two_factor: {
    reason: rich`the business requires two-factor authentication, and the Facebook account that the token belongs to does not use it`,
    remedy: rich`Turn on two-factor authentication for the Facebook account that the token belongs to, or change the requirement in Business Settings, Security Center.`,
  },
  proof: {
    reason: rich`Meta refuses the ${code("appsecret_proof")}, or requires one`,
    remedy: setAppSecret,
  },
  app_id: {
    reason: rich`Meta does not know the app ID, or the secret belongs to another app`,
    remedy: rich`Copy the app ID and secret from App Dashboard, App settings, Basic, into ${code("META_APP_ID")} and ${code("META_APP_SECRET")}, or into ${code("appId")} and ${code("appSecret")} in the watchlist.`,
  },
  app_secret: {
    reason: rich`Meta does not accept the app secret`,
    remedy: rich`Copy the app secret from App Dashboard, App settings, Basic, into ${code("META_APP_SECRET")}, or into ${code("appSecret")} in the watchlist.`,
  },
  credential: {
    reason: rich`Meta refuses the app ID or app secret in the bot's configuration`,
    remedy: rich`Check ${code("META_APP_ID")} and ${code("META_APP_SECRET")}, or ${code("appId")} and ${code("appSecret")} in the watchlist.`,
  },
};

/**
 * Slack readers cannot see the app's ID and secret, so the text leaves them to the operator. Other settings are named.
 */
function settingInSlack(failure: Cause): Spans {
  return accusesCredential(failure)
    ? rich`Correct the ID and secret of the Meta app in the bot's configuration.`
    : failures.remedy(failure);
}

function nextInRound(failure: Failed): Spans {
  switch (failure.kind) {
    case "misconfigured":
      return settingInSlack(failure);
    case "app_blocked":
      return openApp;
    case "unreadable":
      return rich`Correct the place where the bot reads this token.`;
    default:
      return sentences(rich`Nothing.`, failures.checksAgain);
  }
}

function nextInSlack(failure: Failed, place: "asked" | "typed"): Spans {
  switch (failure.kind) {
    case "unreachable":
      return rich`${TRY_LATER}`;
    case "throttled":
      return rich`Try again ${waitText(failure)}.`;
    case "malformed":
      return rich`${TRY_LATER} ${STILL} ${GRAPH_SETTINGS}.`;
    case "misconfigured":
      return sentences(settingInSlack(failure), rich`Then check again.`);
    case "app_blocked":
      return openApp;
    case "unreadable":
      return place === "typed"
        ? sentences(copyAgain, rich`Then check again.`)
        : rich`Correct the place where the bot reads the token, then check again.`;
  }
}

function nextInTerminal(failure: Failed): Spans {
  switch (failure.kind) {
    case "unreachable":
      return rich`${CHECK_NETWORK}`;
    case "throttled":
      return rich`Run this again ${waitText(failure)}. ${LONGER_LIMIT}`;
    case "malformed":
      return rich`Run this again in a few minutes. ${STILL} ${GRAPH_SETTINGS}.`;
    case "misconfigured":
      return sentences(failures.remedy(failure), rich`Then run this again.`);
    case "app_blocked":
      return openApp;
    case "unreadable":
      return [];
  }
}

/** Rounded up, because Meta would refuse an earlier call again. */
function waitText({ retryAfterMs = null }: Failed): string {
  return retryAfterMs === null ? "later" : `in ${describeSpan(Math.ceil(retryAfterMs / MINUTE_MS) * MINUTE_MS)}`;
}
