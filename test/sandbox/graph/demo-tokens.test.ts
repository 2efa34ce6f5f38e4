import { expect, it } from "vitest";
import { accountPath, openRig, phonePath } from "./graph-rig.ts";

it("each demo token has its own problem", async () => {
  const { ask, debug, graph, tokens } = await openRig();
  const seen: Record<string, string> = {};
  for (const [name, token] of Object.entries(tokens)) {
    const { data, error } = (await debug(token)).body;
    const reads = [await ask(phonePath, token), await ask(accountPath, token)].map(({ status }) => status);
    const about = data && [data["type"], data["expires_at"], (data["scopes"] as string[]).length];
    seen[name] = [...(about ?? [`error ${String(error?.["code"])}`]), ...reads].join(" ");
  }
  expect(seen).toEqual({
    never: "SYSTEM_USER 0 2 200 200",
    sixtyDay: "SYSTEM_USER 1795737600 2 200 200",
    apiSetup: "USER 1795392000 3 200 200",
    noMessaging: "SYSTEM_USER 0 1 200 200",
    otherApp: "error 100 200 200",
    unassigned: "SYSTEM_USER 0 2 400 400",
  });
  expect(graph.state.tokens.size).toBe(6);
});
