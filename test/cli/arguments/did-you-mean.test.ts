import { describe, expect, it } from "vitest";
import { cli } from "../memory-io.ts";

const env = { WATCHLIST: "/w" };
const files = {
  "/w": "watches: [{name: orders-prod, source: 'env:A'}, {name: orders-test, source: 'env:B'}, {name: crm, source: 'env:C'}]",
};
const all = "The watches are: orders-prod, orders-test, crm.";

describe("a misspelt word", () => {
  it.each<[readonly string[], string]>([
    [["dcotor"], 'There is no subcommand "dcotor". Did you mean doctor? '],
    [["help", "gide"], 'There is no subcommand "gide". Did you mean guide? '],
    [["hepl"], 'There is no subcommand "hepl". Did you mean help? '],
    [["deploy"], 'There is no subcommand "deploy". The subcommands are '],
    [["round", "--lal"], "There is no option --lal for round. Did you mean --all?\n"],
    [["round", "--allow-emtpy"], "There is no option --allow-emtpy for round. Did you mean --allow-empty?\n"],
    [["check", "--wacth", "crm"], "There is no option --wacth for check. Did you mean --watch?\n"],
    [["check", "--hlep"], "There is no option --hlep for check. Did you mean --help?\n"],
    [["--verison"], "There is no option --verison for run. Did you mean --version?\n"],
    [["--stdin"], "There is no option --stdin for run. Did you mean wa-token check --stdin "],
    [["--watch", "crm"], "There is no option --watch for run. Did you mean wa-token check --watch "],
    [["check", "--quux"], "There is no option --quux for check. Run wa-token check --help to see what it takes.\n"],
    [["check", "--watch", "order-prod"], `There is no watch named "order-prod". Did you mean orders-prod? ${all}`],
    [["check", "--watch", "`cmr`"], `There is no watch named "\`cmr\`". Did you mean crm? ${all}`],
    [
      ["guide", "--watch", "orders"],
      `There is no watch named "orders". Did you mean orders-prod or orders-test? ${all}`,
    ],
    [["check", "--watch", "billing"], `There is no watch named "billing". ${all}`],
  ])("%j", async (argv, text) => {
    const { code, out, err } = await cli(argv, { env, files });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(text);
  });

  it.each([
    [["check", "hunter2"]],
    [["run", "hunter2"]],
    [["hunter2"]],
    [["help", "hunter2"]],
    [["check", "--token=hunter2"]],
    [["check", "--jsn=hunter2"]],
    [["check", "--hunter2"]],
    [["check", "-phunter2"]],
    [["check", "--json", "hunter2", "--stdin"]],
  ])("is not repeated when it may be a secret: %j", async (argv) => {
    const { code, out, err } = await cli(argv, { env, files });
    expect([code, out]).toEqual([2, ""]);
    expect(err).not.toContain("hunter2");
  });
});
