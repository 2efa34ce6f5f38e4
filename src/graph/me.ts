import type { Evidence } from "../token/inspection.ts";
import type { Secret } from "../token/secret/secret.ts";
import { type Clean, LONGEST_NAME } from "./clean.ts";
import { accusesSetting, endsOwnToken, namesProof } from "./errors.ts";
import { type Facts, type FactsReply, MOST_SCOPES, NOTHING_KNOWN } from "./facts.ts";
import { explained, failure } from "./failures.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Answer, Reply } from "./reply.ts";
import { NamedBody, PermissionsBody } from "./schema.ts";

/**
 * Asks without an app secret: `/me` shows whether the token is alive, then `/me/permissions` and `/app` add facts. When
 * these two fail, their facts stay null. No call reports when the token expires.
 */
export async function askMe(inquiry: Inquiry, token: Secret, pinned: string): Promise<FactsReply> {
  const { clean } = inquiry;
  const get = (path: string, query: Readonly<Record<string, string>>): Promise<Reply> =>
    inquiry.get({ path, query, bearer: token });
  const reply = await get("/me", { fields: "id,name" });
  if (!reply.ok) return reply;
  const me = readMe(reply.answer, pinned, clean);
  if (!me.ok || me.facts.liveness.alive !== true) return me;
  const [permissions, app] = await Promise.all([get("/me/permissions", {}), get("/app", { fields: "id,name" })]);
  const facts = { ...readPermissions(permissions, clean), ...readApp(app, clean) };
  return { ok: true, facts: { ...me.facts, ...facts, proofRefused: proofRefusal([permissions, app]) } };
}

/** Reads `/me`: whether the token is alive, and to which user it belongs. */
function readMe(answer: Answer, pinned: string, clean: Clean): FactsReply {
  const { error, evidence, status } = answer;
  const known = { ...NOTHING_KNOWN, evidence, version: { answered: answer.version, pinned }, debugged: false };
  if (error === null) {
    const me = NamedBody.safeParse(answer.body);
    if (me.success)
      return { ok: true, facts: { ...known, liveness: { alive: true }, userId: clean(me.data.id, LONGEST_NAME) } };
    return { ok: false, failure: failure("malformed", `${evidence.call} returned no ID`, evidence) };
  }
  if (namesProof(error)) {
    const what = `Meta requires an appsecret_proof for ${evidence.call}, but no app secret is set`;
    return { ok: false, failure: failure("misconfigured", what, evidence) };
  }
  if (!accusesSetting(error) && endsOwnToken(error, status))
    return { ok: true, facts: { ...known, liveness: { alive: false, error } } };
  return { ok: false, failure: explained(error, evidence) };
}

/** The granted permissions; null when this call failed. A declined or expired permission is not granted. */
function readPermissions(reply: Reply, clean: Clean): Pick<Facts, "scopes" | "scopesEvidence"> {
  const parsed = reply.ok && reply.answer.error === null ? PermissionsBody.safeParse(reply.answer.body) : undefined;
  if (!reply.ok || parsed?.success !== true) return { scopes: null, scopesEvidence: null };
  const granted = parsed.data.data.filter((entry) => entry?.status === "granted").slice(0, MOST_SCOPES);
  const scopes = granted.map((entry) => clean(entry?.permission ?? "", LONGEST_NAME));
  return { scopes, scopesEvidence: reply.answer.evidence };
}

function readApp(reply: Reply, clean: Clean): Pick<Facts, "appId" | "appName"> {
  const parsed = reply.ok && reply.answer.error === null ? NamedBody.safeParse(reply.answer.body) : undefined;
  if (parsed?.success !== true) return { appId: null, appName: null };
  const { id, name } = parsed.data;
  return { appId: clean(id, LONGEST_NAME), appName: name === undefined ? null : clean(name, LONGEST_NAME) };
}

function proofRefusal(replies: readonly Reply[]): Evidence | null {
  for (const reply of replies)
    if (reply.ok && reply.answer.error !== null && namesProof(reply.answer.error)) return reply.answer.evidence;
  return null;
}
