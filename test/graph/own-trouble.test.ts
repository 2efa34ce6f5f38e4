import { describe, expect, it } from "vitest";
import { withoutOwnTrouble } from "../../src/graph/own-trouble.ts";
import type { RawReply } from "../../src/graph/raw-reply.ts";
import { causeOf, ProxyError } from "../../src/network/cause.ts";

const coded = (code: string): Error => Object.assign(new Error("refused"), { code });
const broken = (error: Error): RawReply => ({ kind: "broken", cause: causeOf(error), headers: {} });

describe("a call that failed", () => {
  it.each(["EMFILE", "ENFILE", "ENOMEM"])(
    "is our own trouble with %s, directly and on the way to a proxy",
    async (code) => {
      for (const error of [coded(code), new ProxyError("proxy.test:3128", coded(code))])
        await expect(withoutOwnTrouble(broken(error))).rejects.toMatchObject({ name: "OwnTroubleError", code });
    },
  );

  it.each(["ECONNREFUSED", "ENOTFOUND"])("is not with %s", async (code) => {
    for (const error of [coded(code), new ProxyError("proxy.test:3128", coded(code))]) {
      const reply = broken(error);
      expect(await withoutOwnTrouble(reply)).toBe(reply);
    }
  });
});
