// The version of the product, from package.json. app.ts and cli/ import it. It imports no other module.
import manifest from "../package.json" with { type: "json" };

export const VERSION = manifest.version;
