import { describe, expect, it } from "vitest";
import { type ResponderSettings, respondersBeyondAllowed } from "../../../src/slack/requests/responders.ts";

const watch = (name: string, owner?: string, oncall?: string) => ({ name, owner, oncall });
const beyond = (fields: Partial<ResponderSettings>) =>
  respondersBeyondAllowed({ watches: [], escalateTo: undefined, allowedUsers: ["U1"], ...fields });

describe("people and groups that alerts call", () => {
  it("are all allowed while ALLOWED_USERS is not set", () => {
    expect(beyond({ watches: [watch("orders", "U2")], allowedUsers: undefined })).toBeUndefined();
  });

  it("are listed once each, with their roles", () => {
    const names = ["a", "b", "c", "d", "e"];
    const watches = [...names.map((name) => watch(name, "U2")), watch("crm", "U1", "W3")];
    expect(beyond({ watches, escalateTo: "U2" })).toEqual({
      refused: [
        { id: "U2", roles: ["owner of a, b, c and 2 more", "ESCALATE_TO"] },
        { id: "W3", roles: ["on call for crm"] },
      ],
      unsure: [],
    });
  });

  it("are unsure for a user group, and a channel is left out", () => {
    expect(beyond({ watches: [watch("a", "U1", "S1"), watch("b", undefined, "S1")], escalateTo: "C1" })).toEqual({
      refused: [],
      unsure: [{ id: "S1", roles: ["on call for a, b"] }],
    });
  });
});
