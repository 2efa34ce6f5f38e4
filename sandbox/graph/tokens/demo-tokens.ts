import type { GraphStandIn } from "../graph.ts";
import { demoUserId, lonelyUserId } from "./new-token.ts";

/** The invented business of the demo: one account with one number, its system users and a second app. */
export const demoIds = {
  account: "100000000001001",
  phone: "100000000002001",
  business: "100000000003001",
  systemUser: demoUserId,
  lonelySystemUser: lonelyUserId,
  person: "100000000000888",
  otherApp: "100000000000043",
} as const;

export interface DemoTokens {
  /** Token of a system user; never expires. */
  readonly never: string;
  /** Token of a system user, issued for 60 days, with 5 days left. */
  readonly sixtyDay: string;
  /** The 24-hour USER token of the API Setup page. */
  readonly apiSetup: string;
  /** Lacks whatsapp_business_messaging. */
  readonly noMessaging: string;
  /** Works, but belongs to another app. */
  readonly otherApp: string;
  /** Its system user is not assigned to the WhatsApp account. */
  readonly unassigned: string;
}

/** Adds the demo's business and one token of each kind worth showing, dated from the clock's current time. */
export function seedDemoTokens(graph: GraphStandIn): DemoTokens {
  seedBusiness(graph);
  const nowMs = graph.clock.now().getTime();
  const day = (days: number): Date => new Date(nowMs + days * dayMs);
  const signup = [demoIds.account];
  return {
    never: graph.issueToken({ label: "never-expiring", issuedAt: day(-60) }),
    sixtyDay: graph.issueToken({ label: "sixty-day", issuedAt: day(-55), expiresAt: day(5) }),
    apiSetup: graph.issueToken({
      label: "api-setup",
      type: "USER",
      userId: demoIds.person,
      expiresAt: new Date(nowMs + 24 * hourMs),
      scopes: ["whatsapp_business_management", "whatsapp_business_messaging", "public_profile"],
      targets: { whatsapp_business_management: signup, whatsapp_business_messaging: signup },
    }),
    noMessaging: graph.issueToken({
      label: "no-messaging-scope",
      issuedAt: day(-1),
      scopes: ["whatsapp_business_management"],
    }),
    otherApp: graph.issueToken({ label: "other-app", appId: demoIds.otherApp, issuedAt: day(-1) }),
    unassigned: graph.issueToken({ label: "unassigned", userId: demoIds.lonelySystemUser, issuedAt: day(-1) }),
  };
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

function seedBusiness(graph: GraphStandIn): void {
  graph.addUser({ id: demoIds.systemUser, name: "example-notifier-system-user" });
  graph.addUser({ id: demoIds.lonelySystemUser, name: "example-new-system-user" });
  graph.addUser({ id: demoIds.person, name: "Example Person" });
  graph.addApp({ id: demoIds.otherApp, secret: "sandbox-other-app-secret", name: "Example Other App" });
  graph.addAccount({
    id: demoIds.account,
    businessId: demoIds.business,
    assignedTo: [demoIds.systemUser, demoIds.person],
  });
  graph.addPhone({ id: demoIds.phone, accountId: demoIds.account });
}
