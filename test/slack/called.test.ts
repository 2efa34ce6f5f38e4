import { describe, expect, it } from "vitest";
import { type Calling, callsBeyondAllowed } from "../../src/slack/called.ts";

const watch = (name: string, owner?: string, oncall?: string) => ({ name, owner, oncall });
const beyond = (fields: Partial<Calling>) =>
  callsBeyondAllowed({ watches: [], escalateTo: undefined, allowedUsers: ["U1"], ...fields });

describe("those whom alerts call", () => {
  it("may all answer while nobody is named", () => {
    expect(beyond({ watches: [watch("orders", "U2")], allowedUsers: undefined })).toBeUndefined();
  });

  it("are told with what they are called for, each once", () => {
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

  it("are not known of a user group, and not looked for in a channel", () => {
    expect(beyond({ watches: [watch("a", "U1", "S1"), watch("b", undefined, "S1")], escalateTo: "C1" })).toEqual({
      refused: [],
      unsure: [{ id: "S1", roles: ["on call for a, b"] }],
    });
  });
});
