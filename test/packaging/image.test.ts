import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const dockerfile = readFileSync(join(import.meta.dirname, "..", "..", "Dockerfile"), "utf8");

const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "package.json"), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

describe("the image", () => {
  it("holds the bot and its dependencies, nothing of the sandbox", () => {
    const copied = [...dockerfile.matchAll(/^COPY (?:--\S+ )*(.+) \S+$/gm)].flatMap(([, sources = ""]) =>
      sources.split(" "),
    );
    expect(copied).toEqual(["package.json", "package-lock.json", ".npmrc", "/app/node_modules", "package.json", "src"]);
    expect(dockerfile).toContain("npm ci --omit=dev");
  });

  it.each([
    "react",
    "react-dom",
    "slack-blocks-to-jsx",
    "esbuild",
    "playwright-core",
    "@sparticuz/chromium",
    "emulate",
    "ws",
  ])("has no %s: it is for the playground and the tests", (name) => {
    expect(Object.keys(dependencies)).not.toContain(name);
  });
});

/** The script of the health check, as Docker hands it to node. */
const script = (): string => {
  const [, json = "[]"] = /^HEALTHCHECK[^[]*?CMD (\[.+\])$/m.exec(dockerfile) ?? [];
  const [, , code = ""] = JSON.parse(json) as readonly string[];
  return code;
};

/** Where it asks, when this is the answer. */
const asked = (env: Readonly<Record<string, string>>, answer: string): string =>
  execFileSync(
    process.execPath,
    ["-e", `globalThis.fetch = async (url) => { console.log(url); ${answer} };\n${script()}`],
    { env, encoding: "utf8" },
  ).trim();

describe("the image's health check", () => {
  it.each([
    [{}, "http://127.0.0.1:9464/healthz"],
    [{ OPS_HOST: "" }, "http://127.0.0.1:9464/healthz"],
    [{ OPS_HOST: "0.0.0.0", OPS_PORT: "8000" }, "http://127.0.0.1:8000/healthz"],
    [{ OPS_HOST: "::" }, "http://127.0.0.1:9464/healthz"],
    [{ OPS_HOST: "10.0.0.7" }, "http://10.0.0.7:9464/healthz"],
    [{ OPS_HOST: "::1" }, "http://[::1]:9464/healthz"],
  ])("with %j asks %s", (env, url) => {
    expect(asked(env, "return { ok: true };")).toBe(url);
  });

  it.each(["return { ok: false };", 'throw new Error("refused");'])("fails on %s", (answer) => {
    expect(() => asked({}, answer)).toThrow(expect.objectContaining({ status: 1 }));
  });
});
