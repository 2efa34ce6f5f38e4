import { use, useMemo } from "react";
import { type Block, Message } from "slack-blocks-to-jsx";
import type { JsonObject } from "../../../slack/json.ts";
import { ThemeContext } from "../state/theme-context.ts";
import { useSlack } from "../state/use-page.ts";
import { libraryHooks } from "./library-hooks.tsx";
import { libraryBlocks } from "./library-text.ts";

/** Blocks that people only read. The type of the library does not cover every block; it leaves out unknown ones. */
export function LibraryBlocks({ blocks }: { readonly blocks: readonly JsonObject[] }) {
  const slack = useSlack();
  const theme = use(ThemeContext);
  const hooks = useMemo(() => libraryHooks(slack), [slack]);
  const ready = useMemo(() => libraryBlocks(blocks) as Block[], [blocks]);
  // The library keeps what it has drawn, but "today" becomes "yesterday" while time passes.
  const day = new Date(slack.now).toDateString();
  return <Message key={day} withoutWrapper blocks={ready} hooks={hooks} theme={theme} style={WIDE} name="" logo="" />;
}

/** Uses the full width; by default the library stops at 600 pixels. */
const WIDE = { maxWidth: "none" };
