// The version of the product, from the one place that tells it; a value for app.ts and cli/. It imports nothing of ours.
import manifest from "../package.json" with { type: "json" };

export const VERSION = manifest.version;
