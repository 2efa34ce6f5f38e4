import { createInspector } from "../../../../src/graph/inspector.ts";
import type { InspectionResult } from "../../../../src/token/inspection.ts";
import { Secret } from "../../../../src/token/secret/secret.ts";
import { type MetaApp, requirementsOf } from "../../../../src/watch/requirements.ts";
import type { Watch } from "../../../../src/watch/watch.ts";
import type { GraphState } from "../../../graph/state.ts";
import { createMemoryClient } from "./memory-client.ts";

/** The result of an inspection at a given time. */
export type Facts = (at: Date) => InspectionResult;

export interface KnownFacts {
  readonly state: GraphState;
  readonly version: string;
  readonly metaApp: MetaApp | undefined;
  readonly now: Date;
}

/** A token's facts from now on if nobody acts. They change only when the token expires. */
export async function knownFacts(
  { state, version, metaApp, now }: KnownFacts,
  watch: Watch,
  raw: string,
): Promise<Facts> {
  const { app, phoneNumberId, whatsappBusinessAccountId } = requirementsOf(watch, metaApp);
  const inspectAt = (at: Date): Promise<InspectionResult> =>
    createInspector(createMemoryClient(state, version, at), { now: () => at, wait: async () => undefined })(
      new Secret(raw),
      { app: appOf(app), phoneNumberId, whatsappBusinessAccountId },
    );
  const present = await inspectAt(now);
  const expiry = present.ok ? present.inspection.expiry : undefined;
  if (expiry?.kind !== "at" || expiry.at <= now) return () => present;
  const ended = await inspectAt(expiry.at);
  return (at) => (at < expiry.at ? present : ended);
}

/** Only a secret with a given value is known without reading a source. The page's watches have no others. */
function appOf(app: ReturnType<typeof requirementsOf>["app"]) {
  return app?.secret.kind === "given" ? { id: app.id, secret: app.secret.secret } : undefined;
}
