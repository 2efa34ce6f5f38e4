import { expect, it } from "vitest";
import { EXIT } from "../../src/cli/exit-code.ts";
import { readDocument } from "./markdown.ts";

const unit = /```ini\n([\s\S]*?)```/.exec(readDocument("docs/deploy.md"))?.[1] ?? "";
const lines = unit.split("\n").map((line) => line.trim());

it("the systemd unit starts the bot as npm start does", () => {
  const { scripts } = JSON.parse(readDocument("package.json")) as { scripts: Readonly<Record<string, string>> };
  expect(lines).toContain(`ExecStart=/usr/bin/${scripts["start"]}`);
});

it("the systemd unit leaves the bot stopped after a wrong configuration, and disables core dumps", () => {
  expect(lines).toEqual(
    expect.arrayContaining(["Restart=always", `RestartPreventExitStatus=${EXIT.usage}`, "LimitCORE=0"]),
  );
});
