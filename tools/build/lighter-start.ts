import type { Plugin } from "esbuild";

/**
 * Imports `node:http` as CommonJS does. The import of an ES module reads every property of the built-in module. Then
 * Node.js loads its own copy of undici (Node.js 26.10.0, 2026-11), which the bot does not use.
 */
export const httpAsCommonJs: Plugin = {
  name: "http-as-commonjs",
  setup: (build) => {
    build.onResolve({ filter: /^node:http$/ }, ({ path, kind }) =>
      kind === "import-statement" ? { path, namespace: "builtin" } : undefined,
    );
    build.onLoad({ filter: /./, namespace: "builtin" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

/** Leaves out parts of Bolt that it loads at its start, and that the bot does not use. */
export const withoutUnusedParts: Plugin = {
  name: "without-unused-parts",
  setup: (build) => {
    build.onLoad({ filter: UNUSED }, () => ({ contents: "" }));
  },
};

/** The receivers for Express and AWS Lambda, and the installation in other workspaces. */
const UNUSED = /@slack\/(?:bolt\/dist\/receivers\/(?:ExpressReceiver|AwsLambdaReceiver)|oauth\/dist\/index)\.js$/;
