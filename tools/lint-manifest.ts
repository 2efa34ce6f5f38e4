// `npm run lint:manifest` checks whether Slack would accept manifest.yml.
import { readFileSync } from "node:fs";
import { manifestProblems } from "./validate-manifest.ts";

const problems = manifestProblems(readFileSync(new URL("../manifest.yml", import.meta.url), "utf8"));
for (const problem of problems) console.error(`manifest.yml: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
