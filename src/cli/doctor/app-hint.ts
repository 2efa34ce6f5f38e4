import type { Spans } from "../../guide/rich-text.ts";
import { createLookUps, type ObjectKind } from "../../graph/look-ups.ts";
import { shapeProblem } from "../../token/secret/shape-problem.ts";
import { sentences } from "../../words/values.ts";
import type { AskMeta } from "./ask-meta.ts";
import { tokenWords } from "./token-words.ts";

/** What a watched token shows about META_APP_ID and META_APP_SECRET. `secretIsWrong`: the ID is right. */
export interface AppHint {
  readonly secretIsWrong: boolean;
  readonly text: Spans;
}

/**
 * Says which of META_APP_ID and META_APP_SECRET is wrong, from the app that issued a watched token. Undefined when no
 * token is there, or Meta does not name its app.
 */
export async function appHint(ask: AskMeta, appId: string): Promise<AppHint | undefined> {
  const issuer = await issuerOf(ask);
  if (issuer === undefined) return undefined;
  const { watch, token, app, lookUps } = issuer;
  if (app.id === appId) return { secretIsWrong: true, text: tokenWords.secretIsWrong(watch) };
  const text = sentences(
    kindText(await lookUps.object(token, appId), appId),
    tokenWords.issuedBy(watch, app),
    tokenWords.setThatApp,
  );
  return { secretIsWrong: false, text };
}

/** Names the app of a watched token, while no app is configured. Empty when Meta does not name it. */
export async function unsetAppHint(ask: AskMeta): Promise<Spans> {
  const issuer = await issuerOf(ask);
  return issuer === undefined ? [] : tokenWords.issuedBy(issuer.watch, issuer.app);
}

/** Asks Meta for the app of the first watched token without an app of its own. */
async function issuerOf({ client, config, io, readSource }: AskMeta) {
  const watch = config.watches.find(({ app }) => app?.secret.kind !== "source");
  if (watch === undefined) return undefined;
  const reading = await readSource(watch.source);
  if (!reading.ok || shapeProblem(reading.secret, watch.source) !== undefined) return undefined;
  // Unsigned, because the secret of the app may be the wrong one.
  const lookUps = createLookUps(client, io);
  const app = await lookUps.app(reading.secret);
  return app.ok ? { watch: watch.name, token: reading.secret, app: app.value, lookUps } : undefined;
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
