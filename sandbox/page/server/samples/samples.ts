// samples/ fills the check form with a token of each kind. A token is made at Meta's stand-in when a person asks for
// one, so its dates fit the clock. To add a kind: add its name to protocol/sample-requests.ts, a row below, its word in
// client/samples/words.ts, and a row to test/sandbox/page/samples.test.ts.
import { fakeToken } from "../../../fake-token.ts";
import type { GraphStandIn } from "../../../graph/graph.ts";
import { demoIds } from "../../../graph/tokens/demo-tokens.ts";
import type { Sample } from "../../protocol/sample-requests.ts";

/** Makes a new sample token of a kind. No two samples are the same text. */
export function createSamples(graph: GraphStandIn): (kind: Sample) => string {
  return (kind) => MAKERS[kind](graph, `sample ${kind} ${graph.state.tokens.size}`);
}

type Maker = (graph: GraphStandIn, label: string) => string;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const BOTH = ["whatsapp_business_management", "whatsapp_business_messaging"] as const;

function dayFrom({ clock }: GraphStandIn, days: number): Date {
  return new Date(clock.now().getTime() + days * DAY_MS);
}

/** A token of 60 days that ends after this many days; a negative number means that it has ended. */
function endingIn(graph: GraphStandIn, label: string, days: number): string {
  return graph.issueToken({ label, issuedAt: dayFrom(graph, days - 60), expiresAt: dayFrom(graph, days) });
}

const MAKERS: Readonly<Record<Sample, Maker>> = {
  healthy: (graph, label) => graph.issueToken({ label }),
  // Half a day more, so that the check says 5 days and not 4.
  expiring: (graph, label) => endingIn(graph, label, 5.5),
  expired: (graph, label) => endingIn(graph, label, -1),
  revoked: (graph, label) => {
    const raw = graph.issueToken({ label });
    graph.revoke(raw);
    return raw;
  },
  missing_permission: (graph, label) => graph.issueToken({ label, scopes: BOTH.slice(0, 1) }),
  other_app: (graph, label) => graph.issueToken({ label, appId: demoIds.otherApp }),
  temporary: (graph, label) =>
    graph.issueToken({
      label,
      type: "USER",
      userId: demoIds.person,
      issuedAt: graph.clock.now(),
      expiresAt: new Date(graph.clock.now().getTime() + 24 * HOUR_MS),
      scopes: [...BOTH, "public_profile"],
      targets: Object.fromEntries(BOTH.map((scope) => [scope, [demoIds.account]])),
    }),
  unassigned: (graph, label) => graph.issueToken({ label, userId: demoIds.lonelySystemUser }),
  // Half of a token, as after a bad copy. Meta knows no such token.
  malformed: (_graph, label) => fakeToken(label, 90),
  in_quotes: (graph, label) => `"${graph.issueToken({ label })}"`,
};
