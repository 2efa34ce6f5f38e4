// `npm run build` writes the bundle to dist/. The bot does not need it: `node src/main.ts` runs from the sources.
import { join } from "node:path";
import { bundleInto } from "./bundle.ts";

await bundleInto(join(import.meta.dirname, "../../dist"));
