import { bold, rich } from "./rich-text.ts";
import type { Spans } from "./rich-text.ts";

/** What personalises the guide: GUIDE_APP_NAME, WHATSAPP_PHONE_NUMBER_ID, META_BUSINESS_ID. */
export interface GuideContext {
  /** Empty means "your app". */
  readonly appName: string;
  readonly phoneNumberId?: string;
  readonly businessId?: string;
}

const defaultAppName = "your app";
const maxNameLength = 60;
// Control characters could drive a terminal; bidirectional overrides could reorder the sentence around the name.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;

/** The app as the reader knows it: "your app", or the configured name in one printable line with "(your app)" behind it. */
export function namedApp(context: GuideContext): Spans {
  const name = Array.from(context.appName.replace(unprintable, " ").trim()).slice(0, maxNameLength).join("");
  return name === "" || name === defaultAppName ? [bold(defaultAppName)] : rich`${bold(name)} (your app)`;
}
