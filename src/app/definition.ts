import { createHash } from "node:crypto";
import type { MetaApp } from "../watch/requirements.ts";
import type { Watch } from "../watch/watch.ts";

/**
 * Identifies everything that an inspection of a watch depends on, without any secret. It is hashed, because the
 * database must not contain the arguments of a command.
 */
export function definitionOf(watch: Watch, metaApp: Pick<MetaApp, "id"> | undefined): string {
  const { source, phoneNumberId, whatsappBusinessAccountId, policy, checkIntervalMs } = watch;
  const needs = [phoneNumberId, whatsappBusinessAccountId, policy.requiredScopes, policy.warnAt.map(({ ms }) => ms)];
  const text = JSON.stringify([source, appOf(watch, metaApp), needs, checkIntervalMs]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function appOf({ app }: Watch, metaApp: Pick<MetaApp, "id"> | undefined): readonly unknown[] {
  return [app?.id ?? metaApp?.id, app?.secret.kind === "source" ? app.secret.source : undefined];
}
