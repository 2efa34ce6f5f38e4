import { describe, expect, it } from "vitest";
import { accessProblem, adminProblem } from "../../../src/slack/requests/access.ts";
import type { Person } from "../../../src/slack/requests/request.ts";

const anna: Person = { userId: "U0ANNA", teamId: "T0HOME", installedTeamId: undefined };
const linked = { installation: () => ({ teamId: "T0HOME" }), allowedUsers: undefined, adminUsers: new Set<string>() };
const notLinked = { installation: () => null, allowedUsers: undefined, adminUsers: new Set<string>() };

describe("who may use status, check and alert buttons", () => {
  it("is everyone in the workspace by default", () => {
    expect(accessProblem(anna, linked)).toBeUndefined();
  });

  it("includes no one from another organisation, not even when listed", () => {
    const bob = { ...anna, teamId: "T0OTHER" };
    expect(accessProblem(bob, linked)).toMatch(/Only people of the workspace/);
    expect(accessProblem(bob, { ...linked, allowedUsers: new Set(["U0ANNA"]) })).toMatch(/Only people/);
    expect(accessProblem({ ...bob, installedTeamId: "T0OTHER" }, linked)).toMatch(/Only people/);
  });

  it("is only the listed people when there is a list", () => {
    expect(accessProblem(anna, { ...linked, allowedUsers: new Set(["U0BEN"]) })).toMatch(/ALLOWED_USERS/);
    expect(accessProblem(anna, { ...linked, allowedUsers: new Set(["U0ANNA"]) })).toBeUndefined();
  });

  it("includes admins, also from another workspace of the organisation", () => {
    const admins = { ...linked, allowedUsers: new Set(["U0BEN"]), adminUsers: new Set(["U0ANNA"]) };
    expect(accessProblem(anna, admins)).toBeUndefined();
    expect(accessProblem({ ...anna, teamId: "T0OTHER" }, admins)).toMatch(/Only people/);
  });

  it("follows the payload while the bot does not know its own workspace", () => {
    expect(accessProblem({ ...anna, installedTeamId: "T0HOME" }, notLinked)).toBeUndefined();
    expect(accessProblem({ ...anna, installedTeamId: "T0ELSE" }, notLinked)).toMatch(/Only people/);
  });

  it.each<Partial<Person>>([{ userId: undefined }, { teamId: undefined }])("excludes unknown people (%j)", (gap) => {
    expect(accessProblem({ ...anna, ...gap }, linked)).toMatch(/does not know yet/);
    expect(accessProblem(anna, notLinked)).toMatch(/does not know yet/);
  });
});

describe("who may renew", () => {
  const ben = { ...anna, userId: "U0BEN" };
  const admins = { ...linked, adminUsers: new Set(["U0ANNA"]) };
  const viewers = (...ids: readonly string[]) => ({ ...admins, allowedUsers: new Set(ids) });

  it.each<[string, Person, Parameters<typeof adminProblem>[1], string]>([
    ["an admin", anna, admins, "may renew"],
    ["an admin who is not in ALLOWED_USERS", anna, viewers("U0BEN"), "may renew"],
    ["anybody else of the workspace", ben, admins, "not in ADMIN_USERS"],
    ["a viewer", ben, viewers("U0BEN"), "not in ADMIN_USERS"],
    ["a person without access", ben, viewers("U0CARLA"), "ALLOWED_USERS"],
    ["anybody without ADMIN_USERS", anna, linked, "not in ADMIN_USERS"],
    ["an admin's ID in another organisation", { ...anna, teamId: "T0OTHER" }, admins, "Only people of the workspace"],
    ["a person without an ID", { ...anna, userId: undefined }, admins, "does not know yet"],
    ["a person of an unknown workspace", { ...anna, teamId: undefined }, admins, "does not know yet"],
    ["an admin before Slack answered", anna, { ...notLinked, adminUsers: new Set(["U0ANNA"]) }, "does not know yet"],
  ])("%s", (_name, person, deps, refusal) => {
    expect(adminProblem(person, deps) ?? "may renew").toContain(refusal);
  });
});
