// A Graph in a process of its own that answers every request with one good /debug_token body, as fast as Node can.
import { createServer } from "node:http";

const nowSeconds = Math.floor(Date.now() / 1_000);
const body = JSON.stringify({
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

const server = createServer((_request, response) => {
  response.writeHead(200, {
    "content-type": "application/json; charset=UTF-8",
    "facebook-api-version": "v26.0",
    "x-fb-request-id": "ABenchRequestId00000001",
  });
  response.end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env["PORT"] ?? 0), "127.0.0.1", () => console.log("graph double serves"));
process.once("SIGTERM", () => {
  server.closeAllConnections();
  server.close();
});
