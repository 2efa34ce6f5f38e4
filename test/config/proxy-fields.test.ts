import { describe, expect, it } from "vitest";
import { reveal, Secret } from "../../src/token/secret/secret.ts";
import { configOf, load, problemsOf } from "./environment.ts";

const shown = (secret: Secret | undefined): string | undefined => (secret === undefined ? undefined : reveal(secret));

const proxiesOf = async (...input: Parameters<typeof configOf>) => {
  const { https, http, none } = (await configOf(...input)).proxies;
  return [shown(https), shown(http), none];
};

const PASSWORD = "pa55-nobody-may-know";

describe("the proxies", () => {
  it.each<[string, Record<string, string>, readonly (string | undefined)[]]>([
    ["are none when nothing is set", {}, [undefined, undefined, undefined]],
    [
      "are read in capitals",
      { HTTPS_PROXY: "http://a.test:1", HTTP_PROXY: "http://b.test:2", NO_PROXY: ".corp.test" },
      ["http://a.test:1/", "http://b.test:2/", ".corp.test"],
    ],
    [
      "are read in small letters",
      { https_proxy: "http://a.test:1", http_proxy: "http://b.test:2", no_proxy: "*" },
      ["http://a.test:1/", "http://b.test:2/", "*"],
    ],
    [
      "are read in small letters first, as curl does",
      { https_proxy: "http://small.test:1", HTTPS_PROXY: "http://big.test:1" },
      ["http://small.test:1/", undefined, undefined],
    ],
    [
      "are read in capitals when the small ones are empty",
      { https_proxy: " ", HTTPS_PROXY: "http://big.test:1" },
      ["http://big.test:1/", undefined, undefined],
    ],
    [
      "may be https and hold a user name and a password",
      { HTTPS_PROXY: "https://us%40er:p%3Aw@proxy.test" },
      ["https://us%40er:p%3Aw@proxy.test/", undefined, undefined],
    ],
    [
      "may be https at an address",
      { HTTPS_PROXY: "https://10.0.0.1:3129" },
      ["https://10.0.0.1:3129/", undefined, undefined],
    ],
  ])("%s", async (_, env, expected) => {
    expect(await proxiesOf(env)).toEqual(expected);
  });

  it("come from the environment before .env, in any case", async () => {
    const dotenv = { https_proxy: "http://dotenv.test:1", no_proxy: "dotenv.test" };
    expect(await proxiesOf({ HTTPS_PROXY: "http://env.test:1" }, {}, dotenv)).toEqual([
      "http://env.test:1/",
      undefined,
      "dotenv.test",
    ]);
  });

  it.each([
    ["socks5://proxy.test:1080", /begins with socks5:\/\/, but only http/],
    [`socks5h://me:${PASSWORD}@proxy.test:1080`, /begins with socks5h:\/\//],
    ["ftp://proxy.test", /begins with ftp:\/\//],
    ["proxy.test:3128", /must begin with http:\/\/ or https:\/\//],
    ["proxy.test", /must begin with http:\/\/ or https:\/\//],
    [`me:${PASSWORD}@proxy.test:3128`, /must begin with http:\/\/ or https:\/\//],
    ["//proxy.test:3128", /must begin with http:\/\/ or https:\/\//],
    ["http://", /must be the URL of a proxy/],
    ["http://proxy.test:99999", /must be the URL of a proxy/],
    [`http://me:${PASSWORD}%zz@proxy.test`, /must be the URL of a proxy/],
    [`http://me:${PASSWORD}#1@proxy.test`, /must be the URL of a proxy/],
    [`http://:${PASSWORD}@proxy.test`, /has a password without a user name\. Add the user name/],
    [`http://me:1#${PASSWORD}@proxy.test`, /without a path, \? and # \(in a user name or password write .* # as %23/],
    ["http://proxy.test/path", /without a path/],
    ["http://proxy.test?x=1", /without a path/],
    [`"http://me:${PASSWORD}@proxy.test"`, /quotation mark/],
  ])("are refused as %s, without repeating a password", async (text, problem) => {
    for (const name of ["HTTPS_PROXY", "HTTP_PROXY"]) {
      const problems = await problemsOf({ [name]: text });
      expect(problems).toEqual([{ name, message: expect.stringMatching(problem) }]);
      expect(JSON.stringify(problems)).not.toContain(PASSWORD);
    }
  });

  it("cannot be printed, and stay in the environment of a command that reads a token", async () => {
    const result = await load({ HTTPS_PROXY: `http://me:${PASSWORD}@proxy.test` });
    expect(JSON.stringify(result)).not.toContain(PASSWORD);
    expect((await configOf({ HTTPS_PROXY: "http://proxy.test" })).ownSecretNames).not.toContain("HTTPS_PROXY");
  });
});
