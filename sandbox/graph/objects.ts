import type { Answer } from "./answer.ts";
import type { Caller } from "./caller.ts";
import { missingScope, noAccessToField, nonexistingField, unsupportedRequest } from "./error.ts";
import { selectFields } from "./fields.ts";
import { accountNode, phoneNode } from "./nodes.ts";
import { pageOf } from "./paging.ts";
import type { GraphRequest } from "./request.ts";
import type { GraphState, PhoneNumber, WhatsAppAccount } from "./state.ts";

/**
 * GET /{id} and GET /{id}/{edge} for phone numbers and WhatsApp accounts. The token needs the management scope, and its
 * user must be assigned to the asset. Without the assignment Graph answers as if the object did not exist.
 */
export function object(state: GraphState, request: GraphRequest, caller: Caller, baseUrl: string): Answer {
  if (caller.kind === "none") return { error: { status: 400, code: 200, message: "(#200) Provide valid app ID" } };
  const [id = "", edge, ...more] = request.edge.split("/").slice(1);
  const asset = findAsset(state, id);
  if (asset === undefined) return { error: unsupportedRequest("GET", id) };
  if (caller.kind !== "token") return { error: noAccessToField };
  if (!caller.token.scopes.includes("whatsapp_business_management")) return { error: missingScope };
  const { account, phone } = asset;
  const { assignedTo } = phone ?? account;
  if (!assignedTo.has(caller.token.userId)) return { error: unsupportedRequest("GET", id) };
  const appId = caller.app.id;
  const node = phone ? phoneNode(state, phone, account, appId) : accountNode(state, account, appId);
  if (edge === undefined) return selectFields(node, request.query.get("fields"));
  if (edge === "phone_numbers" && phone === undefined && more.length === 0) {
    return phoneNumbers(state, account, request, caller, baseUrl);
  }
  return { error: nonexistingField(edge, node.type) };
}

type TokenCaller = Extract<Caller, { kind: "token" }>;

/** A phone number with its account, or an account alone. */
interface Asset {
  readonly account: WhatsAppAccount;
  readonly phone: PhoneNumber | undefined;
}

function findAsset(state: GraphState, id: string): Asset | undefined {
  const phone = state.phones.get(id);
  const account = state.accounts.get(phone?.accountId ?? id);
  return account && { account, phone };
}

/**
 * Graph repeats the caller's token in `next`, no matter how the caller sent it (manage system users page, read
 * 2026-11).
 */
function nextPage(request: GraphRequest, raw: string, after: string, baseUrl: string): string {
  const query = new URLSearchParams(request.query);
  query.set("access_token", raw);
  query.set("limit", request.query.get("limit") ?? "25");
  query.set("after", after);
  return `${baseUrl}${request.path}?${query.toString()}`;
}

function phoneNumbers(
  state: GraphState,
  account: WhatsAppAccount,
  request: GraphRequest,
  caller: TokenCaller,
  baseUrl: string,
): Answer {
  const phones = [...state.phones.values()].filter(({ accountId }) => accountId === account.id);
  const { items, cursors } = pageOf(phones, request.query);
  const data: object[] = [];
  for (const phone of items) {
    const node = phoneNode(state, phone, account, caller.app.id);
    const row = selectFields(node, request.query.get("fields"));
    if ("error" in row) return row;
    data.push(row.body);
  }
  if (cursors === undefined) return { body: { data } };
  const paging = { cursors, next: nextPage(request, caller.raw, cursors.after, baseUrl) };
  return { body: { data, paging } };
}
