import type { Config } from "../../config/config.ts";
import type { GraphClient } from "../../graph/client.ts";
import { createLookUps, type LookUps } from "../../graph/look-ups.ts";
import type { Needs } from "../../token/inspection.ts";
import type { ReadSource, SourceReading } from "../../token/secret/source.ts";
import { requirementsOf } from "../../watch/requirements.ts";
import type { Watch } from "../../watch/watch.ts";
import type { Io } from "../io.ts";

/** The parts that questions to Meta need. */
export interface AskMeta {
  readonly config: Config;
  readonly client: GraphClient;
  readonly readSource: ReadSource;
  readonly io: Pick<Io, "now" | "wait">;
}

/** Reads each source once, because several lines need the same token, and a command can be slow. */
export function readOnce(readSource: ReadSource): ReadSource {
  const readings = new Map<Parameters<ReadSource>[0], Promise<SourceReading>>();
  return (source) => {
    const reading = readings.get(source) ?? readSource(source);
    readings.set(source, reading);
    return reading;
  };
}

/** Look-ups with the token of this watch, signed with the secret of its app. */
export async function lookUpsFor({ config, client, readSource, io }: AskMeta, watch: Watch): Promise<LookUps> {
  const { app } = requirementsOf(watch, config.app);
  return createLookUps(client, io, app === undefined ? undefined : await readApp(readSource, app));
}

async function readApp(readSource: ReadSource, app: NonNullable<Watch["app"]>): Promise<Needs["app"]> {
  if (app.secret.kind === "given") return { id: app.id, secret: app.secret.secret };
  const reading = await readSource(app.secret.source);
  return reading.ok ? { id: app.id, secret: reading.secret } : undefined;
}
