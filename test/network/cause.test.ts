import { describe, expect, it } from "vitest";
import { causeOf, ProxyError } from "../../src/network/cause.ts";

const coded = (code: string, message = "https://user:password@host/secret"): Error =>
  Object.assign(new Error(message), { code });

const fetchFailed = (cause: unknown): Error => new TypeError("fetch failed", { cause });

describe("the cause of a request that got no answer", () => {
  it.each<[string, unknown, string]>([
    ["a code", coded("ECONNRESET"), "ECONNRESET"],
    ["a code below fetch's error", fetchFailed(coded("ENOTFOUND")), "ENOTFOUND"],
    [
      "codes of several addresses",
      fetchFailed(new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")])),
      "ECONNREFUSED",
    ],
    ["a certificate", coded("CERT_HAS_EXPIRED"), "CERT_HAS_EXPIRED; check this machine's clock"],
    ["a clock of 1970", coded("CERT_NOT_YET_VALID"), "CERT_NOT_YET_VALID; check this machine's clock"],
    [
      "an authority nobody knows here",
      fetchFailed(coded("UNABLE_TO_GET_ISSUER_CERT_LOCALLY")),
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY; set NODE_EXTRA_CA_CERTS to your company's root certificate",
    ],
    [
      "a proxy that is not there",
      fetchFailed(new ProxyError("proxy.test:3128", coded("ENOTFOUND"))),
      "ENOTFOUND at the proxy proxy.test:3128",
    ],
    [
      "an authority of the proxy that nobody knows here",
      fetchFailed(new ProxyError("proxy.test:3129", coded("SELF_SIGNED_CERT_IN_CHAIN"))),
      "SELF_SIGNED_CERT_IN_CHAIN at the proxy proxy.test:3129; set NODE_EXTRA_CA_CERTS to your company's root certificate",
    ],
    ["an error with a name", new DOMException("late", "TimeoutError"), "TimeoutError"],
    ["an error without a cause or code", fetchFailed(new Error("https://host/secret")), "no connection"],
    ["a code that is not a code word", coded("https://host/secret"), "no connection"],
    ["no error", "https://host/secret", "no connection"],
    ["nothing", undefined, "no connection"],
  ])("is one short line for %s, without a URL", (_, error, cause) => {
    expect(causeOf(error)).toBe(cause);
    expect(causeOf(error)).not.toMatch(/password|secret/);
  });

  it("stops at an error that is its own cause", () => {
    const error = new Error("round and round");
    error.cause = error;
    expect(causeOf(error)).toBe("no connection");
  });
});
