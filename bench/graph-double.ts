// A Graph stand-in in its own process that answers every request with one /debug_token body, as fast as Node can or
// after LATENCY_MS. The
// body describes a working token and, after a request for /revoke, a token whose session has ended.
import { createServer } from "node:http";

const nowSeconds = Math.floor(Date.now() / 1_000);
const good = JSON.stringify({
  data: {
    app_id: "100000000000042",
    type: "SYSTEM_USER",
    application: "Example Notifier",
    data_access_expires_at: 0,
    expires_at: 0,
    is_valid: true,
    issued_at: nowSeconds - 86_400,
    scopes: ["whatsapp_business_management", "whatsapp_business_messaging"],
    granular_scopes: [{ scope: "whatsapp_business_management" }, { scope: "whatsapp_business_messaging" }],
    user_id: "100000000000777",
  },
});

const revoked = JSON.stringify({
  data: {
    app_id: "100000000000042",
    type: "SYSTEM_USER",
    application: "Example Notifier",
    error: { code: 190, subcode: 460, message: "Error validating access token: the session has been invalidated." },
    is_valid: false,
    scopes: [],
    user_id: "100000000000777",
  },
});
let body = good;
const latencyMs = Number(process.env["LATENCY_MS"] ?? 0);

const server = createServer((request, response) => {
  if (request.url === "/revoke") body = revoked;
  response.writeHead(200, {
    "content-type": "application/json; charset=UTF-8",
    "facebook-api-version": "v26.0",
    "x-fb-request-id": "ABenchRequestId00000001",
  });
  if (latencyMs === 0) response.end(body);
  else setTimeout(() => response.end(body), latencyMs);
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env["PORT"] ?? 0), "127.0.0.1", () => console.log("graph double serves"));
process.once("SIGTERM", () => {
  server.closeAllConnections();
  server.close();
});
