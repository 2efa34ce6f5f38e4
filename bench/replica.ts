// One replica for bench/replicas.ts, in its own process: `replica.ts <watches>`. It runs one round of the real app over
// this many copies of the configured watch, and prints the counts of the round as one line of JSON.
import { readFileSync } from "node:fs";
import { createApp } from "../src/app.ts";
import { loadConfig } from "../src/config/load.ts";

const readFile = (path: string): string => readFileSync(path, "utf8");
const loaded = await loadConfig({ env: process.env, dotenv: undefined, readFile });
if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join(" "));
const { config } = loaded;
const [watch] = config.watches;
if (watch === undefined) throw new Error("no watch is configured");
const watches = Array.from({ length: Number(process.argv[2]) }, (_, index) => ({ ...watch, name: `shop-${index}` }));
console.log("replica starts");
const { round } = await createApp({ ...config, watches }, { env: process.env }).round("due");
console.log(JSON.stringify({ replica: { checked: round.checked, failed: round.failed } }));
