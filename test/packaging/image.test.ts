import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const dockerfile = readFileSync(join(import.meta.dirname, "..", "..", "Dockerfile"), "utf8");

const { dependencies, scripts } = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "..", "package.json"), "utf8"),
) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
};

describe("the image", () => {
  it("holds the bot and its dependencies, nothing of the sandbox", () => {
    const copied = [...dockerfile.matchAll(/^COPY (?:--\S+ )*(.+) \S+$/gm)].flatMap(([, sources = ""]) =>
      sources.split(" "),
    );
    expect(copied.slice(0, 3)).toEqual(["package.json", "package-lock.json", ".npmrc"]);
    expect(copied.slice(3)).toEqual(["/usr/bin/tini-static", "/app/node_modules", "package.json", "src"]);
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

/** What the last stage runs as, when the Dockerfile says so; the stages before leave nothing but files. */
const userOf = (text: string): string | undefined => {
  const stage = text.slice(text.lastIndexOf("\nFROM "));
  return [...stage.matchAll(/^USER\s+(\S+)\s*$/gm)].at(-1)?.[1];
};

/** A number, because Kubernetes refuses a name under runAsNonRoot, and never root's. */
const isNotRoot = (user: string | undefined): boolean => /^[1-9]\d*(?::\d+)?$/.test(user ?? "");

describe("the user of the image", () => {
  it("is a number and not root", () => {
    expect(userOf(dockerfile)).toBe("1000");
    expect(isNotRoot(userOf(dockerfile))).toBe(true);
  });

  it.each([
    ["root", (text: string) => text.replace(/^USER .*$/m, "USER root")],
    ["0", (text: string) => text.replace(/^USER .*$/m, "USER 0")],
    ["0:0", (text: string) => text.replace(/^USER .*$/m, "USER 0:0")],
    ["a name", (text: string) => text.replace(/^USER .*$/m, "USER node")],
    ["missing", (text: string) => text.replace(/^USER .*\n/m, "")],
    [
      "in an earlier stage only",
      (text: string) => text.replace(/^USER .*\n/m, "").replace("AS deps\n", "AS deps\nUSER 1000\n"),
    ],
    ["root again at the end", (text: string) => `${text}USER root\n`],
  ])("would be refused when it is %s", (_name, change) => {
    expect(isNotRoot(userOf(change(dockerfile)))).toBe(false);
  });

  it("may be any other number of group 0, as OpenShift has it", () => {
    expect(dockerfile).toContain("RUN install -d -o 1000 -g 0 -m u=rwx,g=u,o= /data");
  });
});

describe("what the image is made of and starts with", () => {
  it("names its base by tag and digest, in the version that the tests run on", () => {
    const [, base = ""] = /^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile) ?? [];
    expect(base).toMatch(/^docker\.io\/library\/node:\d+\.\d+\.\d+-slim@sha256:[0-9a-f]{64}$/);
    const version = readFileSync(join(import.meta.dirname, "..", "..", ".node-version"), "utf8").trim();
    expect(base).toContain(`node:${version}-slim@`);
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, name]) => name);
    expect(new Set(bases)).toEqual(new Set(["${NODE_IMAGE}"]));
  });

  it("starts under an init, and without a debugger that a signal could open", () => {
    const [, json = "[]"] = /^ENTRYPOINT (\[.+\])$/m.exec(dockerfile) ?? [];
    expect(JSON.parse(json)).toEqual(["tini", "-s", "--", "node", "--disable-sigusr1", "src/main.ts"]);
    for (const name of ["start", "wa-token"]) expect(scripts[name]).toBe("node --disable-sigusr1 src/main.ts");
  });

  it("listens on IPv6 and IPv4", () => {
    expect(dockerfile).toMatch(/^ {4}OPS_HOST=::$/m);
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
