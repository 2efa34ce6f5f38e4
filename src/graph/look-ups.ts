import { holdDuring } from "../token/secret/held.ts";
import type { AssetFact, AssetKind, InspectionFailure, Needs } from "../token/inspection.ts";
import { proofOf, Secret } from "../token/secret/secret.ts";
import { type Asset, askAsset } from "./asset-reads.ts";
import { type Clean, LONGEST_NAME } from "./clean.ts";
import type { GraphClient } from "./client.ts";
import { explained, failure } from "./failures.ts";
import { createInquiry, type Inquiry } from "./inquiry.ts";
import type { Reply } from "./reply.ts";
import { NamedBody, NumbersBody } from "./schema.ts";

/** Single questions about the objects around a token, for a person who sets the bot up. */
export interface LookUps {
  /** The app that issued the token. */
  readonly app: (token: Secret) => Promise<LookUp<NamedObject>>;
  /** The kind of object that an ID belongs to, as far as this token may see it. */
  readonly object: (token: Secret, id: string) => Promise<ObjectKind>;
  /** The phone numbers of a WhatsApp account; at most the first 100. */
  readonly numbers: (token: Secret, accountId: string) => Promise<LookUp<readonly PhoneNumber[]>>;
}

type LookUp<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: InspectionFailure };

interface NamedObject {
  readonly id: string;
  readonly name: string | null;
}

export interface PhoneNumber extends NamedObject {
  /** The number as Meta shows it, "+1 555-010-0001". */
  readonly display: string | null;
}

export type ObjectKind =
  | { readonly kind: AssetKind; readonly name: string | null }
  /** Graph's name for any other kind, such as `Business`. */
  | { readonly kind: "other"; readonly node: string }
  /** The object does not exist, or the token has no access to it. Graph does not say which. */
  | { readonly kind: "refused"; readonly code: number | null }
  | { readonly kind: "not_known"; readonly failure: InspectionFailure };

interface LookUpDeps {
  readonly now: () => Date;
  /** Waits before a retry. */
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Creates the look-ups. With an app, calls are signed with its secret, which some apps demand. Does not throw when
 * Graph or the network fails.
 */
export function createLookUps(client: GraphClient, deps: LookUpDeps, app?: Needs["app"]): LookUps {
  const ask = <T>(token: Secret, work: (question: Question) => Promise<T>): Promise<T> => {
    const proof = app === undefined ? undefined : new Secret(proofOf(token, app.secret));
    const secrets = [token, ...(app === undefined ? [] : [app.secret]), ...(proof === undefined ? [] : [proof])];
    return holdDuring(secrets, () =>
      work({ inquiry: createInquiry({ client, ...deps, log: undefined }), token, proof }),
    );
  };
  return {
    app: (token) => ask(token, askApp),
    object: (token, id) => ask(token, (question) => askKind(question, id)),
    numbers: (token, accountId) => ask(token, (question) => askNumbers(question, accountId)),
  };
}

interface Question {
  readonly inquiry: Inquiry;
  readonly token: Secret;
  readonly proof: Secret | undefined;
}

async function askApp({ inquiry, token, proof }: Question): Promise<LookUp<NamedObject>> {
  const query = { fields: "id,name", ...signed(proof) };
  return read(await inquiry.get({ path: "/app", query, bearer: token }), (body) => {
    const parsed = NamedBody.safeParse(body);
    return parsed.success ? named(parsed.data, inquiry.clean) : undefined;
  });
}

/** Asks as if the ID were a phone number's. For any other object, Graph names the kind. */
async function askKind({ inquiry, token, proof }: Question, id: string): Promise<ObjectKind> {
  const { fact: asPhone } = await askAsset(inquiry, { kind: "phone", id }, token, proof);
  if (asPhone.reach === "refused" && asPhone.why === "other_kind" && asPhone.node === "WhatsAppBusinessAccount")
    return kindOf({ kind: "waba", id }, (await askAsset(inquiry, { kind: "waba", id }, token, proof)).fact);
  return kindOf({ kind: "phone", id }, asPhone);
}

function kindOf({ kind }: Asset, fact: AssetFact): ObjectKind {
  switch (fact.reach) {
    case "reached":
      return { kind, name: fact.name };
    case "refused":
      return fact.why === "other_kind" && fact.node !== undefined
        ? { kind: "other", node: fact.node }
        : { kind: "refused", code: fact.error.code };
    case "not_known":
      return { kind: "not_known", failure: fact.failure ?? failure("malformed", "Meta gave no answer", null) };
  }
}

async function askNumbers(
  { inquiry, token, proof }: Question,
  accountId: string,
): Promise<LookUp<readonly PhoneNumber[]>> {
  const query = { fields: "id,display_phone_number,verified_name", limit: "100", ...signed(proof) };
  const path = `/${encodeURIComponent(accountId)}/phone_numbers`;
  return read(await inquiry.get({ path, query, bearer: token }), (body) => {
    const parsed = NumbersBody.safeParse(body);
    if (!parsed.success) return undefined;
    return parsed.data.data.map(({ id, verified_name, display_phone_number }) => ({
      ...named({ id, name: verified_name }, inquiry.clean),
      display: display_phone_number === undefined ? null : inquiry.clean(display_phone_number, LONGEST_NAME),
    }));
  });
}

function signed(proof: Secret | undefined): Readonly<Record<string, Secret>> {
  return proof === undefined ? {} : { appsecret_proof: proof };
}

function named({ id, name }: { readonly id: string; readonly name?: string | undefined }, clean: Clean): NamedObject {
  return { id: clean(id, LONGEST_NAME), name: name === undefined ? null : clean(name, LONGEST_NAME) };
}

function read<T>(reply: Reply, parse: (body: unknown) => T | undefined): LookUp<T> {
  if (!reply.ok) return reply;
  const { error, evidence, body } = reply.answer;
  if (error !== null) return { ok: false, failure: explained(error, evidence) };
  const value = parse(body);
  return value === undefined
    ? { ok: false, failure: failure("malformed", `${evidence.call} returned something unexpected`, evidence) }
    : { ok: true, value };
}
