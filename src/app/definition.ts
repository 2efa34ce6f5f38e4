import { createHash } from "node:crypto";
import type { MetaApp } from "../watch/standard.ts";
import type { Watch } from "../watch/watch.ts";

const appOf = ({ app }: Watch, metaApp: Pick<MetaApp, "id"> | undefined): readonly unknown[] => [
  app?.id ?? metaApp?.id,
  app?.secret.kind === "source" ? app.secret.source : undefined,
];

/**
 * Stands for everything that an inspection of a watch depends on, and for no secret. Hashed, because the arguments of
 * a command are nobody's business in a database.
 */
export const definitionOf = (watch: Watch, metaApp: Pick<MetaApp, "id"> | undefined): string => {
  const { source, phoneNumberId, whatsappBusinessAccountId, policy, checkIntervalMs } = watch;
  const needs = [phoneNumberId, whatsappBusinessAccountId, policy.requiredScopes, policy.warnAt.map(({ ms }) => ms)];
  const text = JSON.stringify([source, appOf(watch, metaApp), needs, checkIntervalMs]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
};
