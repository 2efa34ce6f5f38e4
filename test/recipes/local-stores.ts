import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One local server that answers as AWS, Google and Kubernetes do, for the calls of the recipes. It holds one token. */
export interface LocalStores {
  readonly url: string;
  /** The token that the server holds. */
  readonly held: () => string;
  /** From now on, the server answers every call as a store does when the caller has no right. */
  readonly refuse: () => void;
  readonly close: () => Promise<void>;
}

export async function startStores(first: string): Promise<LocalStores> {
  const store: Store = { token: first, refuses: false };
  const server = createServer((request, response) => {
    void handle(request, response, store);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    held: () => store.token,
    refuse: () => {
      store.refuses = true;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

interface Store {
  token: string;
  refuses: boolean;
}

/** Each program finds its own part: AWS, Google, Kubernetes. */
const REFUSAL = {
  __type: "AccessDeniedException",
  error: { code: 403, message: "denied", status: "PERMISSION_DENIED" },
  kind: "Status",
  apiVersion: "v1",
  status: "Failure",
  reason: "Forbidden",
  message: "denied",
  code: 403,
};

interface Body {
  readonly SecretString?: string;
  readonly Value?: string;
  readonly payload?: { readonly data: string };
  readonly data?: { readonly token: string };
}

async function handle(request: IncomingMessage, response: ServerResponse, store: Store): Promise<void> {
  const body = await answer(request, store);
  response.writeHead(body === undefined ? 403 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(body ?? REFUSAL));
}

/** Undefined: refused. */
async function answer(request: IncomingMessage, store: Store): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (store.refuses) return undefined;
  const text = Buffer.concat(chunks).toString();
  const body = (text === "" ? {} : JSON.parse(text)) as Body;
  const path = (request.url ?? "").split("?")[0] ?? "";
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") return aws(target.split(".")[1] ?? "", body, store);
  if (path.startsWith("/v1/projects/")) return google(path, body, store);
  return kubernetes(path, body, store);
}

function aws(call: string, body: Body, store: Store): unknown {
  if (call === "PutSecretValue" || call === "PutParameter") {
    store.token = body.SecretString ?? body.Value ?? "";
    return { Name: "orders/whatsapp", Version: 2 };
  }
  if (call === "GetSecretValue") return { Name: "orders/whatsapp", SecretString: store.token };
  if (call === "GetParameter") return { Parameter: { Name: "/orders/whatsapp", Value: store.token } };
  return undefined;
}

function google(path: string, body: Body, store: Store): unknown {
  const name = "projects/1/secrets/orders-whatsapp/versions/2";
  if (path.endsWith("/orders-whatsapp:addVersion")) {
    store.token = decoded(body.payload?.data);
    return { name, state: "ENABLED", clientSpecifiedPayloadChecksum: true };
  }
  return path.endsWith("/orders-whatsapp/versions/latest:access")
    ? { name, payload: { data: encoded(store.token) } }
    : undefined;
}

function kubernetes(path: string, body: Body, store: Store): unknown {
  if (path === "/api") return { kind: "APIVersions", versions: ["v1"] };
  if (path === "/apis") return { kind: "APIGroupList", apiVersion: "v1", groups: [] };
  if (path === "/api/v1") return { kind: "APIResourceList", groupVersion: "v1", resources: [SECRETS] };
  if (path !== "/api/v1/namespaces/shop/secrets/whatsapp") return undefined;
  if (body.data !== undefined) store.token = decoded(body.data.token);
  const metadata = { name: "whatsapp", namespace: "shop" };
  return { kind: "Secret", apiVersion: "v1", metadata, type: "Opaque", data: { token: encoded(store.token) } };
}

const SECRETS = { name: "secrets", singularName: "secret", namespaced: true, kind: "Secret", verbs: ["get", "patch"] };

function encoded(text: string): string {
  return Buffer.from(text).toString("base64");
}

function decoded(text = ""): string {
  return Buffer.from(text, "base64").toString();
}
