// `node tools/refresh-samples.ts && npm run format` writes docs/message-samples.md and docs/guide.md, and updates the samples in the other
// documents with the current output of the program. test/docs/samples.test.ts fails while they differ. Look at the
// change before you commit it.
import { readFileSync, writeFileSync } from "node:fs";
import { GUIDE_PAGE, guidePage } from "../test/docs/guide-page.ts";
import { refresh, SAMPLED, SAMPLES_PAGE, samplesPage } from "../test/docs/samples.ts";

const fileOf = (path: string): URL => new URL(`../${path}`, import.meta.url);

writeFileSync(fileOf(SAMPLES_PAGE), samplesPage());
writeFileSync(fileOf(GUIDE_PAGE), guidePage());
for (const path of SAMPLED) writeFileSync(fileOf(path), refresh(readFileSync(fileOf(path), "utf8")));
console.log(`refreshed ${[SAMPLES_PAGE, GUIDE_PAGE, ...SAMPLED].join(" and ")}`);
