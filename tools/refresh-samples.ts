// `node tools/refresh-samples.ts && npm run format` updates the samples in the documents with the current output of the
// program. test/docs/samples.test.ts fails while they differ. Look at the change before you commit it.
import { readFileSync, writeFileSync } from "node:fs";
import { refresh, SAMPLED } from "../test/docs/samples.ts";

for (const path of SAMPLED) {
  const url = new URL(`../${path}`, import.meta.url);
  writeFileSync(url, refresh(readFileSync(url, "utf8")));
  console.log(`refreshed ${path}`);
}
