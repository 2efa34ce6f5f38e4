import { bullets, code, command, paragraph, rich } from "./rich-text.ts";
import type { Topic } from "./topic.ts";
import { phrases } from "./words.ts";

// Codes: WhatsApp error codes and the Graph API guide, read 2026-11.
export const errorsTopic: Topic = {
  id: "errors",
  kind: "help",
  title: "Error codes of Meta: what to do",
  summary: "Find the code from Meta's answer in this list, then open the topic next to it.",
  parts: [
    bullets(
      rich`0, 102, 190: the token no longer works. ${command("guide expired")}`,
      rich`3, 10, 200–299, 131005, and 100 with "does not exist": the token has no access to the account. ${command("guide account")}`,
      rich`100 with "nonexisting field": an ID is of another kind. ${command("guide ids")}`,
      rich`100 with "did not match the Viewing App": the token belongs to another app. ${command("guide wrong app")}`,
      rich`1 or 101 with "client secret" or "application": the bot's own app ID or secret is wrong. ${command("guide app secret")}`,
      rich`200 with "API access blocked", 190 with "has been deleted": Meta blocked or deleted the app. ${command("guide app blocked")}`,
      rich`5: the app does not allow the address of the server. ${command("guide allow list")}`,
      rich`415: the business requires two-factor authentication. ${command("guide two factor")}`,
      rich`2500, 2635: Meta does not serve this version or path. Set ${code("GRAPH_API_VERSION")} to a supported version, such as v26.0.`,
      rich`368, 131031, 131042, 141006: the account is restricted or cannot pay. ${command("guide live")}`,
      rich`133005, 133006, 133010, 131045: the number is not registered. ${command("guide register")}`,
      rich`4, 17, 32, 613, 80007, 80008, 130429: too many calls. Wait, then run ${command("check")}.`,
      rich`2, 131000, 131016: Meta has a problem. Try again in a few minutes.`,
    ),
    paragraph(rich`You can also paste the text of an error after the guide command.`),
  ],
  tips: [],
  // In Portuguese, "no" means "in the": "erro no token" is an error in the token.
  keywords: phrases(
    "token error, error no token, token problem, problem no token, graph version, graph_api_version, unknown path, code 0, error 0, code 2, error 2, code 3, error 3, 2500, 2635, 131000, 131016",
  ),
  alone: phrases(
    "error, errors, code, error codes of meta, error code, error message, problem, failure, failed, whatsapp error, graph api error, meta error, meta",
  ),
};
