import type { LookUps, ObjectKind, PhoneNumber } from "../../graph/look-ups.ts";
import { probeGraph } from "../../graph/probe.ts";
import type { VariableName } from "../../config/variables.ts";
import { describeExpiry, type Expiry } from "../../token/expiry.ts";
import { examine } from "../../token/examine.ts";
import type { InspectionFailure, Needs } from "../../token/inspection.ts";
import { misconfigurationOf } from "../../token/misconfiguration.ts";
import { Secret } from "../../token/secret/secret.ts";
import { parseSource, type Source } from "../../token/secret/source.ts";
import { remediedBy, tellingFindings } from "../../token/telling.ts";
import type { Verdict } from "../../token/verdict.ts";
import { topicForFinding } from "../../guide/finding-topic.ts";
import { rich } from "../../guide/rich-text.ts";
import { findingMessage } from "../../words/finding-words.ts";
import { terminalText } from "../../words/plain-text.ts";
import { sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import { LONGEST_NUMBER } from "../doctor/number-hint.ts";
import { tokenWords } from "../doctor/token-words.ts";
import { checkText, type Found, wrong, type Wrong } from "./finding.ts";
import type { Services } from "./services.ts";

/** A token, and the source that it was read from. A pasted token has no source. */
export interface Token {
  readonly secret: Secret;
  readonly source: Source | undefined;
  readonly verdict: Verdict;
}

/** Reads a source as the bot will, and inspects the token that is there. */
export function checkSource(services: Services, text: string, app: App | undefined): Promise<Found<Token>> {
  return checkText("WHATSAPP_TOKEN_SOURCE", text, async (value) => {
    const parse = parseSource(value);
    if (!parse.ok) return wrong(`WHATSAPP_TOKEN_SOURCE is not a source: ${parse.problem}.`);
    const reading = await services.readSource(parse.source);
    return reading.ok ? checkToken(services, reading.secret, parse.source, app) : wrong(reading.message);
  });
}

/** Inspects a token: first alone, and with the app's secret as soon as it is known. */
export async function checkToken(
  services: Services,
  secret: Secret,
  source: Source | undefined,
  app: App | undefined,
): Promise<Found<Token>> {
  const verdict = await examine(services, {
    secret,
    source,
    needs: { app, phoneNumberId: undefined, whatsappBusinessAccountId: undefined },
    policy: { ...services.policy, appId: app?.id },
    seenAlive: false,
    previous: null,
  });
  const about = { secret, source, verdict };
  const { failure, token, state } = verdict;
  // Only the secret of the app lets this app's tokens be used, and init asks for it next.
  if (
    failure !== null &&
    app === undefined &&
    failure.kind === "misconfigured" &&
    misconfigurationOf(failure) === "proof"
  )
    return { ok: true, found: "A token of an app that signs its calls", about };
  if (failure !== null) return fromFailure("The token", failure);
  if (state !== "healthy" && state !== "expiring")
    return wrong(`${words.states[state]}: ${causeText(verdict)}`, source !== undefined, true);
  const name = token?.appName ?? null;
  const of = name === null ? "A working token" : `A working token of the app ${name}`;
  return {
    ok: true,
    found: `${of}${endText(token?.expiry, services.now())}`,
    note: state === "expiring" ? causeText(verdict) : undefined,
    about,
  };
}

/** The most important finding, and the command that prints its steps. */
function causeText(verdict: Verdict): string {
  const [finding] = tellingFindings(verdict);
  if (finding === undefined) return "";
  const guide = words.checkResult.guide(topicForFinding(remediedBy(finding, verdict)), undefined);
  return terminalText(sentences(findingMessage(finding, verdict), rich`For the steps, run ${guide}.`));
}

function endText(expiry: Expiry | undefined, now: Date): string {
  if (expiry === undefined || expiry.kind === "not_known") return "";
  return expiry.kind === "never" ? "; it never expires" : `; it expires ${describeExpiry(expiry, now)}`;
}

/** Asks whether Meta knows the app. Meta names a wrong ID and a wrong secret differently. */
export function checkAppId({ graph }: Services, text: string): Promise<Found> {
  return checkText("META_APP_ID", text, async (id) => {
    const probe = await probeGraph(graph, { id, secret: new Secret(NO_SECRET) });
    const about = id;
    if (probe.ok || probe.failure.kind !== "misconfigured")
      return probe.ok ? { ok: true, found: `App ${id}`, about } : fromFailure("META_APP_ID", probe.failure);
    switch (misconfigurationOf(probe.failure)) {
      case "app_id":
        return wrong("META_APP_ID: Meta knows no app with this ID. Copy the App ID again.");
      // Meta refuses the placeholder, so it knows the app.
      case "app_secret":
      case "credential":
        return { ok: true, found: `App ${id}`, about };
      case "address":
      case "version":
      case "two_factor":
      case "proof":
        return fromFailure("META_APP_ID", probe.failure);
    }
  });
}

/**
 * Asks Meta whether the ID and the secret belong together.
 * @param name the name of the app, if Meta named it
 * @param isKnown true when Meta knows the ID, so that only the secret can be wrong
 */
export function checkApp(
  { graph }: Services,
  { id, secret }: { readonly id: string; readonly secret: string },
  name: string | null,
  isKnown: boolean,
): Promise<Found<App>> {
  return checkText("META_APP_SECRET", secret, async (value) => {
    const app = { id, secret: new Secret(value) };
    const probe = await probeGraph(graph, app);
    if (!probe.ok && isKnown && accusesSecret(probe.failure))
      return wrong(`META_APP_SECRET is not the secret of the app ${name ?? id}. Copy it again.`);
    if (!probe.ok) return fromFailure("META_APP_ID and META_APP_SECRET", probe.failure);
    return { ok: true, found: `App ${name ?? id}: Meta accepts its secret`, about: app };
  });
}

/** Asks what an ID belongs to. @param wanted the kind of object that the variable takes */
export function checkId(
  lookUps: LookUps | undefined,
  token: Secret | undefined,
  name: "WHATSAPP_PHONE_NUMBER_ID" | "WHATSAPP_BUSINESS_ACCOUNT_ID",
  text: string,
): Promise<Found> {
  return checkText(name, text, async (id) => {
    if (lookUps === undefined || token === undefined)
      return { ok: true, found: "It has the form of an ID", note: "Without a token, Meta cannot be asked.", about: id };
    return ofKind(name, id, await lookUps.object(token, id));
  });
}

/** "+1 555-010-0001 Example Shop". */
export function numberText({ id, name, display }: PhoneNumber): string {
  return [display ?? `ID ${id}`, name].filter((part) => part !== null).join(" ");
}

/** A failed call says nothing about the value, unless the value is one of our settings. */
function fromFailure(subject: string, failure: InspectionFailure): Wrong {
  const isSetting = failure.kind === "misconfigured" || failure.kind === "app_blocked";
  const next = words.failures.next(failure, "terminal");
  const text = terminalText(sentences(rich`${failure.message}`, next));
  return wrong(`${subject}: ${text}`, !isSetting);
}

type App = NonNullable<Needs["app"]>;

function accusesSecret(failure: InspectionFailure): boolean {
  const setting = misconfigurationOf(failure);
  return failure.kind === "misconfigured" && (setting === "app_secret" || setting === "credential");
}

/** Stands for the secret while it is not known. No app has it. */
const NO_SECRET = "not-an-app-secret";

const KINDS = {
  WHATSAPP_PHONE_NUMBER_ID: { kind: "phone", what: "Number" },
  WHATSAPP_BUSINESS_ACCOUNT_ID: { kind: "waba", what: "WhatsApp account" },
} as const satisfies Readonly<Partial<Record<VariableName, unknown>>>;

const NAMES = { phone: "a phone number", waba: "a WhatsApp Business account" } as const;

function ofKind(name: keyof typeof KINDS, id: string, found: ObjectKind): Found {
  const { kind, what } = KINDS[name];
  switch (found.kind) {
    case "phone":
    case "waba":
      return found.kind === kind
        ? { ok: true, found: `${what} ${found.name ?? id}`, about: id }
        : wrong(
            `${name} must be the ID of ${NAMES[kind]}; ${id} is the ID of ${NAMES[found.kind]} (${found.name ?? "no name"}).`,
          );
    case "other":
      return wrong(
        `${name} must be the ID of ${NAMES[kind]}; ${id} belongs to another kind of object (${found.node}).`,
      );
    case "refused":
      if (kind === "phone" && id.length <= LONGEST_NUMBER)
        return wrong(`${name}: ${terminalText(tokenWords.looksLikeNumber(id))}`, true);
      return wrong(
        `${name}: the token reaches no object with the ID ${id}. Copy the ID again, or assign the WhatsApp account to the system user of the token.`,
        true,
      );
    case "not_known":
      return fromFailure(name, found.failure);
  }
}
