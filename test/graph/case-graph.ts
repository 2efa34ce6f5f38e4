import { type Case, caseNamed, FIXTURE } from "./fixtures.ts";
import { startGraph } from "./local-graph.ts";

/** The call of the case gives the recorded answer; all other calls succeed. The list of an account stands for the account. */
const answersOf = (one: Case): ReadonlyMap<string, Case["response"]> =>
  new Map([
    ["/v26.0/debug_token", caseNamed("debug_never_expiring_system_user").response],
    ["/v26.0/me", caseNamed("me_ok").response],
    ["/v26.0/me/permissions", caseNamed("me_permissions_ok").response],
    ["/v26.0/app", { status: 200, headers: {}, body: { id: FIXTURE.appId, name: "Example Notifier" } }],
    [one.request.path.replace(/\/phone_numbers$/, ""), one.response],
  ]);

/** A Graph that replays one recorded case, as `how` in the fixtures describes. */
export const startCaseGraph = async (one: Case): ReturnType<typeof startGraph> => {
  const answers = answersOf(one);
  const graph = await startGraph(({ path }) => {
    const asked = graph.seen.filter((seen) => seen.path === path).length;
    // After an asset read that reports a dead token, the inspector asks again, and /debug_token then reports it as well.
    if (one.name === "phone_number_expired_token" && path.endsWith("/debug_token") && asked > 1)
      return caseNamed("debug_expired_with_type").response;
    return answers.get(path);
  });
  return graph;
};

/** The expectation of the case, in the form for comparison with both the verdict and the printed object. */
export const expectedOf = ({ name, expect }: Case) => ({
  state: expect.state,
  findings: (expect.findings ?? []).toSorted(),
  reach: expect.reach ?? (name === "phone_number_expired_token" ? "not_known" : undefined),
  assetFailure: expect.assetFailure,
  failure: expect.failure,
});
