import { describe, expect, it } from "vitest";
import { guideOfWatch } from "../../src/app/guide-context.ts";
import type { GuideContext, TokenPlace } from "../../src/guide/context.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import type { Source } from "../../src/token/secret/source.ts";
import { aWatch } from "../support/builders.ts";

const bot: GuideContext = {
  appName: "Orders Bot",
  appId: "100000000000001",
  phoneNumberId: "100000000000002",
  accountId: "100000000000003",
  businessId: "100000000000004",
};

const app = (id: string) => ({ id, secret: { kind: "given", secret: new Secret("x") } as const });

describe("the guide of a watch", () => {
  it("has the IDs of the watch and no others", () => {
    const watch = aWatch({ name: "crm", phoneNumberId: undefined, whatsappBusinessAccountId: "100000000000013" });
    const context = guideOfWatch(watch, bot);
    expect(context).toMatchObject({ watch: "crm", accountId: "100000000000013", businessId: "100000000000004" });
    expect(context.phoneNumberId).toBeUndefined();
  });

  it("names the bot's app only for a watch of that app", () => {
    expect(guideOfWatch(aWatch({ app: undefined }), bot)).toMatchObject({ appName: "Orders Bot", appId: bot.appId });
    expect(guideOfWatch(aWatch({ app: app("100000000000001") }), bot).appName).toBe("Orders Bot");
    const other = guideOfWatch(aWatch({ app: app("100000000000011") }), bot);
    expect(other).toMatchObject({ appName: "", appId: "100000000000011" });
  });

  it.each<[Source, TokenPlace]>([
    [
      { kind: "env", name: "CRM_TOKEN" },
      { kind: "env", name: "CRM_TOKEN" },
    ],
    [
      { kind: "file", path: "/run/secrets/crm" },
      { kind: "file", path: "/run/secrets/crm" },
    ],
    [
      { kind: "dotenv", path: "/srv/.env", name: "T" },
      { kind: "dotenv", path: "/srv/.env", name: "T" },
    ],
    [
      { kind: "exec", argv: ["vault", "read", "secret/crm"] },
      { kind: "exec", command: "vault" },
    ],
  ])("names the place from which the token is read: %j", (source, place) => {
    expect(guideOfWatch(aWatch({ source }), bot).place).toEqual(place);
  });
});
