import { bullets, code, command, paragraph, rich } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

// Codes: WhatsApp error codes and the Graph API guide, read 2026-11.
export const errorsTopic: Topic = {
  id: "errors",
  kind: "help",
  title: "Error codes of Meta",
  summary: "The code in Meta's answer tells what to read next.",
  parts: [
    bullets(
      rich`0, 102, 190: the token is dead. ${command("guide expired")}`,
      rich`3, 10, 200–299, 131005, and 100 with "does not exist": no access to the account. ${command("guide account")}`,
      rich`100 with "nonexisting field": an id of another kind. ${command("guide ids")}`,
      rich`100 with "did not match the Viewing App": the token of another app. ${command("guide wrong app")}`,
      rich`1 or 101 with "client secret" or "application": the bot's own id or secret. ${command("guide app secret")}`,
      rich`200 with "API access blocked", 190 with "has been deleted": the app. ${command("guide app blocked")}`,
      rich`5: the address of the server is not allowed. ${command("guide allow list")}`,
      rich`415: two-factor authentication. ${command("guide two factor")}`,
      rich`2500, 2635: Meta does not serve this version or path. Set ${code("GRAPH_API_VERSION")} to a version that lives, such as v26.0.`,
      rich`368, 131031, 131042, 141006: the account is restricted or cannot pay. ${command("guide live")}`,
      rich`133005, 133006, 133010, 131045: the number is not registered. ${command("guide register")}`,
      rich`4, 17, 32, 613, 80007, 80008, 130429: too many calls. Wait, then run ${command("check")}.`,
      rich`2, 131000, 131016: trouble at Meta. Try again in some minutes.`,
    ),
    paragraph(rich`You can also paste the text of an error behind the guide's command.`),
  ],
  tips: [],
  // In Portuguese "no token" is "in the token".
  keywords: phrases(
    "token error, error no token, token problem, problem no token, graph version, graph_api_version, unknown path, code 0, error 0, code 2, error 2, code 3, error 3, 2500, 2635, 131000, 131016",
  ),
  alone: phrases(
    "error, errors, code, error codes of meta, error code, error message, problem, failure, failed, whatsapp error, graph api error, meta error, meta",
  ),
};
