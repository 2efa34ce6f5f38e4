import { describe, expect, it } from "vitest";
import { accessProblem } from "../../../src/slack/requests/access.ts";
import type { SlackDeps } from "../../../src/slack/requests/deps.ts";
import { personOf } from "../../../src/slack/requests/incoming.ts";
import { ANNA, createHarness, type Harness, written } from "../support/harness.ts";

// Payload shapes as in docs.slack.dev (slash commands, block_actions, view_submission, app_home_opened, shortcuts; read
// 2026-11); ids made up.

const HOME = "T0HOME";
const SISTER = "T0SISTER";
const ORG = "E0ORG";

/** Where a payload says that somebody acted, and whose they are. */
interface Place {
  readonly enterprise: string | undefined;
  readonly team: string;
  readonly userTeam: string | undefined;
}

/** Who may: everyone there, only people in ALLOWED_USERS, or nobody. */
type Rule = "everyone" | "named" | "nobody";

const enterpriseOf = ({ enterprise }: Place) => (enterprise === undefined ? null : { id: enterprise, name: "Org" });
const teamOf = ({ team, enterprise }: Place) =>
  enterprise === undefined
    ? { id: team, domain: "any" }
    : { id: team, domain: "any", enterprise_id: enterprise, enterprise_name: "Org" };

const interaction = (place: Place) => ({
  team: teamOf(place),
  user: { id: ANNA, team_id: place.userTeam },
  enterprise: enterpriseOf(place),
  is_enterprise_install: false,
});

const KINDS: Readonly<Record<string, (harness: Harness, place: Place) => Promise<void>>> = {
  "a pressed button": (harness, place) =>
    harness.press("alert.acknowledge", { ...interaction(place), channel: { id: "C0ANY" } }, { value: "a1" }),
  "a button in the Home": (harness, place) => harness.pressAtHome("check.open", {}, interaction(place)),
  "a submitted form": (harness, place) =>
    harness.submit({ "check.token.0": "x" }, { ...interaction(place), view: formOf(place) }),
};

const formOf = ({ team }: Place) => ({
  id: "V1",
  callback_id: "check.form",
  team_id: team,
  app_installed_team_id: HOME,
  private_metadata: "{}",
  state: { values: { "check.token.0": { "check.token.0": { value: "x" } } } },
});

const REFUSED = /Only people of the workspace|does not know yet|not in ALLOWED_USERS/;

const isRefused = async (
  act: (harness: Harness) => Promise<void>,
  deps: Partial<Pick<SlackDeps, "installation" | "allowedUsers">>,
): Promise<boolean> => {
  const harness = createHarness(deps);
  await act(harness);
  expect(harness.deeds.length).toBeGreaterThan(0);
  return REFUSED.test(written(harness.deeds));
};

const ruleOf = async (
  act: (harness: Harness) => Promise<void>,
  enterpriseId: string | undefined = ORG,
): Promise<Rule> => {
  const installation = () => ({ teamId: HOME, enterpriseId });
  const named = await isRefused(act, { installation, allowedUsers: new Set([ANNA]) });
  if (named) return "nobody";
  // A list without the person refuses everyone who is not on it.
  expect(await isRefused(act, { installation, allowedUsers: new Set(["U0BEN"]) })).toBe(true);
  return (await isRefused(act, { installation, allowedUsers: undefined })) ? "named" : "everyone";
};

describe("in Enterprise Grid", () => {
  const PLACES: readonly (readonly [string, Place, Rule])[] = [
    ["of our workspace", { enterprise: ORG, team: HOME, userTeam: HOME }, "everyone"],
    ["of the organisation, in our workspace", { enterprise: ORG, team: HOME, userTeam: ORG }, "everyone"],
    ["of another workspace of it, in ours", { enterprise: ORG, team: HOME, userTeam: SISTER }, "everyone"],
    ["whose own workspace is not told, in ours", { enterprise: ORG, team: HOME, userTeam: undefined }, "everyone"],
    ["of our workspace, in another one", { enterprise: ORG, team: SISTER, userTeam: HOME }, "everyone"],
    ["of another workspace of it", { enterprise: ORG, team: SISTER, userTeam: SISTER }, "named"],
    ["of the organisation, in another workspace", { enterprise: ORG, team: SISTER, userTeam: ORG }, "named"],
    ["of another organisation", { enterprise: "E0ELSE", team: "T0ELSE", userTeam: "T0ELSE" }, "nobody"],
    ["of another organisation, in our workspace", { enterprise: "E0ELSE", team: HOME, userTeam: HOME }, "nobody"],
    ["who names another organisation", { enterprise: ORG, team: HOME, userTeam: "E0ELSE" }, "nobody"],
    ["of a workspace without an organisation", { enterprise: undefined, team: "T0ELSE", userTeam: "T0ELSE" }, "nobody"],
    ["of such a workspace, in ours", { enterprise: undefined, team: HOME, userTeam: "T0ELSE" }, "nobody"],
    ["of ours, where no organisation is told", { enterprise: undefined, team: HOME, userTeam: HOME }, "everyone"],
    ["of our organisation, told by the person alone", { enterprise: undefined, team: HOME, userTeam: ORG }, "everyone"],
  ];

  describe.each(Object.entries(KINDS))("%s", (_kind, act) => {
    it.each(PLACES)("by a person %s", async (_who, place, rule) => {
      expect(await ruleOf((harness) => act(harness, place))).toBe(rule);
    });
  });

  it.each(PLACES)("a shortcut by a person %s follows the same rule", (_who, place, rule) => {
    const person = personOf({ type: "shortcut", callback_id: "x", trigger_id: "1", ...interaction(place) });
    const installation = () => ({ teamId: HOME, enterpriseId: ORG });
    const may = (allowedUsers: ReadonlySet<string> | undefined) =>
      accessProblem(person, { installation, allowedUsers, adminUsers: new Set<string>() }) === undefined;
    expect([may(undefined), may(new Set([ANNA])), may(new Set(["U0BEN"]))]).toEqual([
      rule === "everyone",
      rule !== "nobody",
      false,
    ]);
  });

  it.each<[string, Record<string, unknown>, Rule]>([
    ["in our workspace", { enterprise_id: ORG, team_id: HOME }, "everyone"],
    ["in another workspace", { enterprise_id: ORG, team_id: SISTER }, "named"],
    ["of another organisation", { enterprise_id: "E0ELSE", team_id: HOME }, "nobody"],
    ["elsewhere", { team_id: "T0ELSE" }, "nobody"],
  ])("a command %s", async (_where, fields, rule) => {
    expect(await ruleOf((harness) => harness.command("status", { is_enterprise_install: "false", ...fields }))).toBe(
      rule,
    );
  });

  it.each<[string, Record<string, unknown>, Rule]>([
    ["in our workspace", { enterprise_id: ORG, team_id: HOME, context_team_id: HOME }, "everyone"],
    ["through our workspace, told as the organisation", { team_id: ORG, context_team_id: HOME }, "everyone"],
    ["in another workspace", { enterprise_id: ORG, team_id: SISTER, context_team_id: HOME }, "named"],
    ["of another organisation", { enterprise_id: "E0ELSE", team_id: "T0ELSE", context_team_id: HOME }, "nobody"],
    ["shared with another organisation", { enterprise_id: ORG, team_id: HOME, is_ext_shared_channel: true }, "nobody"],
  ])("a Home opened %s", async (_where, fields, rule) => {
    expect(await ruleOf((harness) => harness.openHome({}, fields))).toBe(rule);
  });
});

describe("outside Enterprise Grid", () => {
  it.each<[string, Place, Rule]>([
    ["of our workspace", { enterprise: undefined, team: HOME, userTeam: HOME }, "everyone"],
    ["of another workspace", { enterprise: undefined, team: HOME, userTeam: "T0ELSE" }, "nobody"],
    ["of an organisation", { enterprise: "E0ELSE", team: HOME, userTeam: HOME }, "nobody"],
    [
      "of an organisation, told by the person alone",
      { enterprise: undefined, team: HOME, userTeam: "E0ELSE" },
      "nobody",
    ],
  ])("a button pressed by a person %s", async (_who, place, rule) => {
    const press = KINDS["a pressed button"] ?? (() => Promise.reject(new Error("no such kind")));
    const installation = () => ({ teamId: HOME });
    expect(await isRefused((harness) => press(harness, place), { installation })).toBe(rule === "nobody");
  });

  it("no one in an organisation may, before the bot knows its own organisation", () => {
    const person = personOf({
      ...interaction({ enterprise: ORG, team: HOME, userTeam: ORG }),
      view: { team_id: HOME },
    });
    expect(
      accessProblem(person, { installation: () => null, allowedUsers: undefined, adminUsers: new Set<string>() }),
    ).toMatch(/does not know yet/);
  });
});
