import type { Spans } from "../../guide/rich-text.ts";
import { createLookUps, type ObjectKind } from "../../graph/look-ups.ts";
import { shapeProblem } from "../../token/secret/shape-problem.ts";
import { sentences } from "../../words/values.ts";
import type { AskMeta } from "./ask-meta.ts";
import { tokenWords } from "./token-words.ts";

/**
 * Says which of META_APP_ID and META_APP_SECRET is wrong, from the app that issued a watched token. Empty when no token
 * is there, or Meta does not name its app.
 */
export async function appHint(ask: AskMeta, appId: string): Promise<Spans> {
  const { client, config, io, readSource } = ask;
  const watch = config.watches.find(({ app }) => app?.secret.kind !== "source");
  if (watch === undefined) return [];
  const reading = await readSource(watch.source);
  if (!reading.ok || shapeProblem(reading.secret, watch.source) !== undefined) return [];
  // Unsigned, because the secret of the app may be the wrong one.
  const lookUps = createLookUps(client, io);
  const app = await lookUps.app(reading.secret);
  if (!app.ok) return [];
  if (app.value.id === appId) return tokenWords.secretIsWrong(watch.name);
  const really = await lookUps.object(reading.secret, appId);
  return sentences(kindText(really, appId), tokenWords.otherApp(watch.name, app.value));
}

function kindText(really: ObjectKind, id: string): Spans {
  switch (really.kind) {
    case "phone":
    case "waba":
      return tokenWords.isAsset(id, really.kind);
    case "other":
      return really.node === "Application" ? [] : tokenWords.isOther(id, really.node);
    default:
      return [];
  }
}
