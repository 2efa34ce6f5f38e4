import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { Page } from "playwright-core";
import { EMOJI_DRAWINGS } from "../../sandbox/page/pictures/emoji.ts";
import { filesOfTar } from "./tar.ts";

/** Open Sans, which is packed with the tests' Chromium. */
const FONTS = join(createRequire(import.meta.url).resolve("@sparticuz/chromium"), "../../bin/fonts.tar.br");

const FACES = [
  { file: "Regular", css: "font-weight: 100 500; font-style: normal" },
  { file: "Bold", css: "font-weight: 600 900; font-style: normal" },
  { file: "Italic", css: "font-weight: 100 900; font-style: italic" },
] as const;

const faces = (): string => {
  const files = filesOfTar(brotliDecompressSync(readFileSync(FONTS)));
  return FACES.map(({ file, css }) => {
    const bytes = files.find(({ name }) => name.endsWith(`-${file}.ttf`))?.bytes;
    if (bytes === undefined) throw new Error(`there is no OpenSans-${file}.ttf in ${FONTS}`);
    return `@font-face { font-family: Lato; ${css}; src: url(data:font/ttf;base64,${bytes.toString("base64")}); }`;
  }).join("\n");
};

const STYLE = `${faces()}
.picture-emoji { display: inline-block; width: 1.15em; height: 1.15em; vertical-align: -0.2em; }
.picture-emoji svg { display: block; }
*:focus-visible { outline: none !important; }`;

const WHOLE = `
.pg-dialog { max-height: none !important; border-radius: 0 !important; box-shadow: none !important; }
.pg-dialog::backdrop { background: var(--ground) !important; }
.pg-page { height: auto !important; }
.pg-messages, .pg-home, .tl-panel, .pg-dialog-body { overflow: visible !important; }`;

/** Runs in the page and replaces each emoji with a drawing. */
const DRAW = `(drawings) => {
  const signs = new RegExp("(" + Object.keys(drawings).join("|") + ")\\\\ufe0f?", "u");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (signs.test(walker.currentNode.data)) texts.push(walker.currentNode);
  for (const text of texts) {
    const parts = text.data.split(signs).map((part) => {
      if (drawings[part] === undefined) return part;
      const span = document.createElement("span");
      span.className = "picture-emoji";
      span.innerHTML = drawings[part];
      return span;
    });
    text.replaceWith(...parts);
  }
}`;

/**
 * Prepares the page for a picture: one font, drawn emoji and no focus ring. With `whole`, scrolling cuts off no content.
 */
export async function dress(page: Page, { whole }: { readonly whole: boolean }): Promise<void> {
  await page.addStyleTag({ content: whole ? STYLE + WHOLE : STYLE });
  await page.evaluate(`(${DRAW})(${JSON.stringify(EMOJI_DRAWINGS)})`);
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  await page.mouse.move(0, 0);
}
