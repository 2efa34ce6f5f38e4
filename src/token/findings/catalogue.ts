/** The results of a check. `unknown` means that the check gave no answer. */
export const STATES = ["healthy", "expiring", "degraded", "expired", "revoked", "invalid", "unknown"] as const;

/** Most severe first. */
export const SEVERITIES = ["critical", "warning", "info"] as const;

/**
 * Each finding code with everything that the rules know about it. A code without one of these facts does not compile.
 * Of the findings that need a lasting token, the first one here explains the remedy best.
 */
export const CATALOGUE = {
  expired: { state: "expired", severity: "critical", provedBy: "token", newToken: "always", topic: "expired" },
  revoked: { state: "revoked", severity: "critical", provedBy: "token", newToken: "always", topic: "expired" },
  invalid: { state: "invalid", severity: "critical", provedBy: "token", newToken: "maybe", topic: "step-4" },
  not_a_token: { state: "invalid", severity: "critical", provedBy: "nothing", newToken: "maybe", topic: "step-4" },
  wrong_app: { state: "degraded", severity: "critical", provedBy: "app", newToken: "maybe", topic: "wrong-app" },
  scope_missing: { state: "degraded", severity: "critical", provedBy: "scopes", newToken: "always", topic: "scopes" },
  app_blocked: { state: "degraded", severity: "critical", provedBy: "asset", newToken: "never", topic: "app-blocked" },
  phone_unreachable: {
    state: "degraded",
    severity: "critical",
    provedBy: "phone",
    newToken: "maybe",
    topic: "account",
  },
  waba_unreachable: { state: "degraded", severity: "critical", provedBy: "waba", newToken: "maybe", topic: "account" },
  sending_blocked: { state: "degraded", severity: "critical", provedBy: "health", newToken: "never", topic: "live" },
  temporary_token: {
    state: null,
    severity: "warning",
    caveat: true,
    provedBy: "token",
    newToken: "lasting",
    topic: "step-1",
  },
  not_system_user: {
    state: null,
    severity: "warning",
    caveat: true,
    provedBy: "token",
    newToken: "lasting",
    topic: "step-1",
  },
  // Critical from the last threshold on (findings-expiry.ts).
  expires_soon: { state: "expiring", severity: "warning", provedBy: "token", newToken: "lasting", topic: "never" },
  reach_not_checked: {
    state: null,
    severity: "warning",
    caveat: false,
    provedBy: "failed_call",
    newToken: "never",
    topic: "verify",
  },
  other_account: { state: null, severity: "warning", caveat: true, provedBy: "phone", newToken: "never", topic: "ids" },
  not_registered: {
    state: null,
    severity: "warning",
    caveat: true,
    provedBy: "phone",
    newToken: "never",
    topic: "register",
  },
  data_access_ended: {
    state: null,
    severity: "warning",
    caveat: true,
    provedBy: "token",
    newToken: "never",
    topic: "step-4",
  },
  expiry_not_known: {
    state: null,
    severity: "warning",
    caveat: false,
    provedBy: "token",
    newToken: "never",
    topic: "app-secret",
  },
  proof_refused: {
    state: null,
    severity: "warning",
    caveat: true,
    provedBy: "failed_call",
    newToken: "never",
    topic: "app-secret",
  },
  scope_extra: { state: null, severity: "info", provedBy: "scopes", newToken: "never", topic: "scopes" },
  sending_limited: { state: null, severity: "info", provedBy: "health", newToken: "never", topic: "live" },
  data_access_ending: { state: null, severity: "info", provedBy: "token", newToken: "never", topic: "step-4" },
  graph_version_old: { state: null, severity: "info", provedBy: "token", newToken: "never", topic: "verify" },
} as const satisfies Readonly<Record<string, FindingRow>>;

type FindingRow = FindingFacts & FindingEffect;

type Severity = (typeof SEVERITIES)[number];

/** The state that the finding causes, and its usual severity. A rule may raise the severity. */
type FindingEffect =
  | { readonly state: (typeof STATES)[number]; readonly severity: Severity }
  /** It does not change the state and does not open an alert. */
  | { readonly state: null; readonly severity: Exclude<Severity, "warning"> }
  /** `caveat`: the first line of a result names it (caveats.ts). False when the first line says it in another way. */
  | { readonly state: null; readonly severity: "warning"; readonly caveat: boolean };

interface FindingFacts {
  /** Only an answer of this call can remove the finding. */
  readonly provedBy: ProvingCall;
  /**
   * Whether the remedy is a new token. `lasting`: one that does not expire. `maybe`: it depends on Meta's answer or
   * on the cause.
   */
  readonly newToken: "always" | "lasting" | "maybe" | "never";
  /** The topic of the guide with the remedy. The guide checks that the topic exists. */
  readonly topic: string;
}

type ProvingCall =
  /** No call: the shape of the value is enough. */
  | "nothing"
  /** The call that says whether the token is alive: `/debug_token`, or `/me` without an app secret. */
  | "token"
  /** `/debug_token`, or `/app`. */
  | "app"
  /** `/debug_token`, or `/me/permissions`. */
  | "scopes"
  /** The live read of the phone number, of the WhatsApp account, or of any of the two. */
  | "phone"
  | "waba"
  | "asset"
  /** The health status in the live read of either. */
  | "health"
  /** A call that gave no answer. The next answer ends the finding. */
  | "failed_call";
