import { type Case, caseNamed, FIXTURE } from "./fixtures.ts";
import { startGraph } from "./local-graph.ts";

/** The case's own call answers with the case; the other calls answer well. An account's list stands for the account. */
const answersOf = (one: Case): ReadonlyMap<string, Case["response"]> =>
  new Map([
    ["/v26.0/debug_token", caseNamed("debug_never_expiring_system_user").response],
    ["/v26.0/me", caseNamed("me_ok").response],
    ["/v26.0/me/permissions", caseNamed("me_permissions_ok").response],
    ["/v26.0/app", { status: 200, headers: {}, body: { id: FIXTURE.appId, name: "Example Notifier" } }],
    [one.request.path.replace(/\/phone_numbers$/, ""), one.response],
  ]);

/** A Graph that plays one recorded case, as the `how` of the fixtures says. */
export const startCaseGraph = async (one: Case): ReturnType<typeof startGraph> => {
  const answers = answersOf(one);
  const graph = await startGraph(({ path }) => {
    const asked = graph.seen.filter((seen) => seen.path === path).length;
    // The live read that calls the token dead makes us ask again; then /debug_token knows it too.
    if (one.name === "phone_number_expired_token" && path.endsWith("/debug_token") && asked > 1)
      return caseNamed("debug_expired_with_type").response;
    return answers.get(path);
  });
  return graph;
};

/** What the case expects, in the form in which both the verdict and the printed object are compared with it. */
export const expectedOf = ({ name, expect }: Case) => ({
  state: expect.state,
  findings: (expect.findings ?? []).toSorted(),
  reach: expect.reach ?? (name === "phone_number_expired_token" ? "not_known" : undefined),
  assetFailure: expect.assetFailure,
  failure: expect.failure,
});
