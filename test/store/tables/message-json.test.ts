import { expect, it } from "vitest";
import { MessageBodyJson } from "../../../src/store/tables/message-json.ts";

it("reads a digest of a version that knew neither renewals nor fleets", () => {
  const counts = { states: [], alerts: 0, acknowledged: 0, snoozed: 0, unread: 0 };
  const stored = { kind: "digest", counts, rows: [], more: 0 };
  expect(MessageBodyJson.parse(stored)).toEqual({ ...stored, renewed: [], fleets: [] });
});
