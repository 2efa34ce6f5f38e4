import { expect, it } from "vitest";
import cases from "../../fixtures/graph-cases.json" with { type: "json" };
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { appId, openRig, phonePath, refreshPath, revokePath, type Asked, type Rig } from "./graph-rig.ts";

const at = (seconds: number): Date => new Date(seconds * 1000);
const both = (ids: readonly string[]): Record<string, readonly string[]> => ({
  whatsapp_business_management: ids,
  whatsapp_business_messaging: ids,
});
const { account } = demoIds;
const setupScopes = ["whatsapp_business_management", "whatsapp_business_messaging", "public_profile"];
const person = { type: "USER", userId: demoIds.person, issuedAt: at(1_793_772_000) };

/** The state in which the stand-in itself gives the answer of each fixture. */
const recipes: Readonly<Record<string, (rig: Rig) => Promise<Asked>>> = {
  debug_never_expiring_system_user: ({ graph, debug }) => debug(graph.issueToken({ issuedAt: at(1_790_121_600) })),
  debug_60_day_system_user_5_days_left: ({ tokens, debug }) => debug(tokens.sixtyDay),
  debug_api_setup_user_token: ({ graph, debug }) =>
    debug(
      graph.issueToken({
        ...person,
        issuedAt: at(1_795_305_600),
        scopes: setupScopes,
        targets: both([account]),
        expiresAt: at(1_795_309_200),
        dataAccessExpiresAt: at(1_803_081_600),
      }),
    ),
  debug_embedded_signup_token_with_targets: ({ graph, debug }) =>
    debug(graph.issueToken({ issuedAt: at(1_795_219_200), targets: both(["100000000001002", account]) })),
  debug_page_token: ({ graph, debug }) =>
    debug(
      graph.issueToken({
        ...person,
        type: "PAGE",
        profileId: "100000000004001",
        issuedAt: at(1_795_219_200),
        dataAccessExpiresAt: at(1_802_217_600),
        scopes: ["pages_show_list", "pages_messaging"],
      }),
    ),
  debug_expired_with_type: ({ graph, debug }) =>
    debug(graph.issueToken({ ...person, expiresAt: at(1_793_775_600), dataAccessExpiresAt: at(1_801_000_000) })),
  debug_invalidated_by_api_call: ({ graph, tokens, debug }) => {
    graph.revoke(tokens.never);
    return debug(tokens.never);
  },
  debug_session_invalidated_password: ({ graph, debug }) => {
    const token = graph.issueToken({
      ...person,
      issuedAt: at(1_792_713_600),
      dataAccessExpiresAt: at(1_799_625_600),
    });
    graph.revoke(token, 460);
    return debug(token);
  },
  debug_token_of_other_app: ({ tokens, debug }) => debug(tokens.otherApp),
  debug_caller_is_not_app_token: ({ tokens, debug }) => debug(tokens.never, tokens.never),
  debug_wrong_app_secret: ({ tokens, debug }) => debug(tokens.never, `${appId}|wrong`),
  debug_missing_messaging_scope: ({ tokens, debug }) => debug(tokens.noMessaging),
  phone_number_default_fields: ({ tokens, ask }) => ask(phonePath, tokens.never),
  phone_number_health_limited: ({ graph, tokens, ask }) => {
    const phone = graph.state.phones.get(demoIds.phone);
    Object.assign(phone ?? {}, { nameStatus: "PENDING_REVIEW", messagingLimit: "TIER_250" });
    graph.limitSending(demoIds.phone);
    return ask(`${phonePath}?fields=${caseOf("phone_number_health_limited").request.query.fields}`, tokens.never);
  },
  phone_number_asset_not_assigned: ({ tokens, ask }) => ask(phonePath, tokens.unassigned),
  phone_number_expired_token: ({ graph, ask }) =>
    ask(phonePath, graph.issueToken({ ...person, expiresAt: at(1_793_775_600) })),
  phone_number_permission_10: ({ graph, tokens, ask }) => {
    graph.removeScope(tokens.never, "whatsapp_business_management");
    return ask(phonePath, tokens.never);
  },
  debug_app_rate_limited: ({ graph, tokens, debug }) => {
    graph.faults.add({ kind: "rate_limited" });
    return debug(tokens.never);
  },
  debug_service_unavailable: ({ graph, tokens, debug }) => {
    graph.faults.add({ kind: "error", code: 2 });
    return debug(tokens.never);
  },
  waba_phone_numbers_rate_limited_80008: ({ graph, tokens, ask }) => {
    graph.faults.add({ kind: "rate_limited" });
    return ask(`/${account}/phone_numbers`, tokens.never);
  },
  me_ok: ({ tokens, ask }) => ask("/me?fields=id,name", tokens.never),
  me_permissions_ok: ({ tokens, ask }) => ask("/me/permissions", tokens.never),
  refresh_wrong_client_secret: ({ tokens, ask }) => ask(refreshPath(tokens.sixtyDay, { client_secret: "wrong" })),
  revoke_ok: ({ tokens, ask }) => ask(revokePath(tokens.sixtyDay, tokens.never)),
};

interface FixtureCase {
  readonly request: { readonly query: { readonly fields?: string } };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly body: unknown;
  };
}

function caseOf(name: string): FixtureCase {
  const found = cases.cases.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no fixture ${name}`);
  return found;
}

/** Ids differ from call to call. */
const withoutIds = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body, (key, value: unknown) => (key === "fbtrace_id" ? undefined : value)));

it.each(Object.entries(recipes))("the stand-in's own answer equals fixture %s", async (name, recipe) => {
  const { response } = caseOf(name);
  const answer = await recipe(await openRig());
  expect(answer.status).toBe(response.status);
  expect(withoutIds(answer.body)).toEqual(withoutIds(response.body));
  for (const header of ["content-type", "facebook-api-version"]) {
    expect(answer.headers.get(header)).toBe(response.headers[header]);
  }
});

it.each(cases.cases)("fixture $name can be served word for word", async ({ request, response }) => {
  const { graph } = await openRig();
  const remove = graph.answerWith(request.path, response);
  const answer = await fetch(graph.url + request.path);
  const text = await answer.text();
  expect(answer.status).toBe(response.status);
  for (const [name, value] of Object.entries(response.headers)) expect(answer.headers.get(name)).toBe(value);
  expect(typeof response.body === "string" ? text : (JSON.parse(text) as unknown)).toEqual(response.body);
  remove();
  expect(graph.calls()).toMatchObject([{ path: request.path, status: response.status }]);
  expect(await (await fetch(graph.url + request.path)).json()).toHaveProperty("error");
});

it("queued answers are each given as often as requested", async () => {
  const { ask, graph, tokens } = await openRig();
  graph.answerWith("/me", { status: 201, body: { first: true } }, 1);
  graph.answerWith("/me", { status: 202, body: "plain" }, 1);
  expect((await ask("/me", tokens.never)).body).toEqual({ first: true });
  const second = await fetch(`${graph.url}/me`);
  expect([second.status, await second.text()]).toEqual([202, "plain"]);
  expect((await ask("/me", tokens.never)).status).toBe(200);
});
