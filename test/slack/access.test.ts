import { describe, expect, it } from "vitest";
import { accessProblem } from "../../src/slack/access.ts";
import type { Person } from "../../src/slack/request.ts";

const anna: Person = { userId: "U0ANNA", teamId: "T0HOME", installedTeamId: undefined };
const linked = { installation: () => ({ teamId: "T0HOME" }), allowedUsers: undefined };
const notLinked = { installation: () => null, allowedUsers: undefined };

describe("who may use status, check and alert buttons", () => {
  it("is everyone of the workspace when nothing else is said", () => {
    expect(accessProblem(anna, linked)).toBeUndefined();
  });

  it("is nobody of another organisation, not even when they are listed", () => {
    const bob = { ...anna, teamId: "T0OTHER" };
    expect(accessProblem(bob, linked)).toMatch(/Only people of the workspace/);
    expect(accessProblem(bob, { ...linked, allowedUsers: new Set(["U0ANNA"]) })).toMatch(/Only people/);
    expect(accessProblem({ ...bob, installedTeamId: "T0OTHER" }, linked)).toMatch(/Only people/);
  });

  it("is only the listed people when some are listed", () => {
    expect(accessProblem(anna, { ...linked, allowedUsers: new Set(["U0BEN"]) })).toMatch(/ALLOWED_USERS/);
    expect(accessProblem(anna, { ...linked, allowedUsers: new Set(["U0ANNA"]) })).toBeUndefined();
  });

  it("is told by the payload while Slack has not told the bot its own workspace", () => {
    expect(accessProblem({ ...anna, installedTeamId: "T0HOME" }, notLinked)).toBeUndefined();
    expect(accessProblem({ ...anna, installedTeamId: "T0ELSE" }, notLinked)).toMatch(/Only people/);
  });

  it.each<Partial<Person>>([{ userId: undefined }, { teamId: undefined }])(
    "is nobody who cannot be told (%j)",
    (gap) => {
      expect(accessProblem({ ...anna, ...gap }, linked)).toMatch(/does not know yet/);
      expect(accessProblem(anna, notLinked)).toMatch(/does not know yet/);
    },
  );
});
