import { expect, it } from "vitest";
import { EXIT } from "../../src/cli/exit-code.ts";
import { readDocument } from "./markdown.ts";

const unit = /```ini\n([\s\S]*?)```/.exec(readDocument("docs/deploy.md"))?.[1] ?? "";
const lines = unit.split("\n").map((line) => line.trim());

it("the systemd unit starts the installed package, with the flags of npm start", () => {
  const { scripts } = JSON.parse(readDocument("package.json")) as { scripts: Readonly<Record<string, string>> };
  const start = scripts["start"]?.replace("src/main.ts", "node_modules/wa-token/main.js");
  expect(lines).toContain(`ExecStart=/usr/bin/${start}`);
});

it("the systemd unit does not end a command that saves a token together with the bot", () => {
  expect(lines).toContain("KillMode=mixed");
});

it("the systemd unit leaves the bot stopped after a wrong configuration, and disables core dumps", () => {
  expect(lines).toEqual(
    expect.arrayContaining(["Restart=always", `RestartPreventExitStatus=${EXIT.usage}`, "LimitCORE=0"]),
  );
});
