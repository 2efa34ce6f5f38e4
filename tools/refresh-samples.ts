// `node tools/refresh-samples.ts && npm run format`: puts what the program writes now into the samples of the documents.
// test/docs/samples.test.ts fails while they differ; look at the change before you commit it.
import { readFileSync, writeFileSync } from "node:fs";
import { refresh, SAMPLED } from "../test/docs/samples.ts";

for (const path of SAMPLED) {
  const url = new URL(`../${path}`, import.meta.url);
  writeFileSync(url, refresh(readFileSync(url, "utf8")));
  console.log(`refreshed ${path}`);
}
