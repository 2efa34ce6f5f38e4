import { command, rich, type Spans } from "../../../guide/rich-text.ts";
import { counted } from "../../values.ts";

/** The texts of the check form, until the result arrives. */
export const checkForm = {
  title: "Check a token",
  open: "Check a token",
  openLabel: "Check a token: opens a private form",
  submit: "Check",

  intro: (canPick: boolean): Spans =>
    rich`${canPick ? "Pick a watched token, or paste one." : "Paste a token."} Slack can see what you paste; this bot does not store it. ${RECORDED}`,
  manyWatches: (count: number): Spans =>
    rich`This bot watches ${counted(count, "token")}. To pick one, use ${command("check NAME")}.`,
  watch: "Watched token",
  watchHint: "Checks its deployed token. If you also paste a token, the bot checks that one for this watch.",
  watchPlaceholder: "Pick one",
  token: "Token",
  tokenHint: "Without quotes. The field is not masked: make sure that nobody else sees your screen.",
  phone: "Phone number ID",
  account: "WhatsApp Business Account ID",
  idHint: "Digits only, as WhatsApp Manager and the API Setup page show it.",

  checking: "Checking…",
  checkingTime: (): Spans =>
    rich`This takes a few seconds. If you close this window, you get the result as a direct message.`,

  problems: {
    openedLate: "Slack did not open the form in time. Try again.",
    notOpened: "Slack could not open the form. Try again in a minute.",
    noFields: "The form arrived without its fields. Close it and start again.",
    notWatched: "The bot no longer watches this token.",
    notAnId: "Enter the ID that Meta shows: digits only, not the phone number.",
    tokenAgain: "Paste the token again. The bot did not store it.",
    noToken: "Paste a token.",
    nothing: "Pick a watched token or paste a token.",
    tooLong: "It is too long to be a token.",
    tryAgain: "Try again.",
  },
} as const;

const RECORDED = "The bot records each check: the person, the watch, the fingerprint and the result, never the token.";
