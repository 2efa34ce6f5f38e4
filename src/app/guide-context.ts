import type { GuideContext, TokenPlace } from "../guide/context.ts";
import type { Source } from "../token/secret/source.ts";
import type { Watch } from "../watch/watch.ts";

/**
 * Personalises the guide for the alert, the status or the check result of a watch. The guide has only the IDs of this
 * watch. IDs of another watch would lead people to the wrong phone number.
 */
export function guideOfWatch(watch: GuidedWatch, bot: GuideContext): GuideContext {
  const { name, source, phoneNumberId, whatsappBusinessAccountId: accountId } = watch;
  const appId = watch.app?.id ?? bot.appId;
  return {
    appName: appId === bot.appId ? bot.appName : "",
    ...(appId === undefined ? {} : { appId }),
    ...(phoneNumberId === undefined ? {} : { phoneNumberId }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(bot.businessId === undefined ? {} : { businessId: bot.businessId }),
    watch: name,
    place: placeOf(source),
  };
}

type GuidedWatch = Pick<Watch, "name" | "source" | "phoneNumberId" | "whatsappBusinessAccountId" | "app">;

function placeOf(source: Source): TokenPlace {
  return source.kind === "exec" ? { kind: "exec", command: source.argv[0] } : source;
}
