import { describe, expect, it } from "vitest";
import { accessProblem } from "../../../src/slack/requests/access.ts";
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
