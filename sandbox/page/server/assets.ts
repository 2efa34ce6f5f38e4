import { join } from "node:path";
import { build, stop } from "esbuild";

export type Assets = ReadonlyMap<string, Asset>;

/** Bundles the client in less than two seconds; writes nothing to disk. */
export async function bundleClient(): Promise<Assets> {
  try {
    const { outputFiles } = await build({
      entryPoints: ["main.tsx", "styles/page.css"].map((file) => ({ in: join(CLIENT, file), out: "page" })),
      bundle: true,
      write: false,
      outdir: "/",
      format: "esm",
      target: "es2023",
      jsx: "automatic",
      minify: true,
      legalComments: "none",
      define: { "process.env.NODE_ENV": '"production"' },
      logLevel: "silent",
    });
    return new Map(
      outputFiles.map(({ path, contents }) => {
        const name = path.replace(/^.*[/\\]/, "");
        const contentType = KINDS[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
        return [`/${name}`, { contentType, body: contents }];
      }),
    );
  } finally {
    // Otherwise esbuild's helper process would run until this process ends.
    await stop();
  }
}

const MARK =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#075e54"/>' +
  '<path d="M9 17l5 5 9-12" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/></svg>';

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>wa-token playground</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<div id="page"></div>
<noscript>The playground needs JavaScript.</noscript>
<script type="module" src="/page.js"></script>
</body>
</html>
`;

/** The files that need no bundling. */
export const FIXED_ASSETS: Assets = new Map(
  Object.entries({
    "/": { contentType: "text/html; charset=utf-8", body: Buffer.from(HTML) },
    "/icon.svg": { contentType: "image/svg+xml", body: Buffer.from(MARK) },
  }),
);

/** A file of the page, kept in memory. */
interface Asset {
  readonly contentType: string;
  readonly body: Uint8Array;
}

const CLIENT = join(import.meta.dirname, "../client");

const KINDS: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};
