import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const dockerfile = readFileSync(join(ROOT, "Dockerfile"), "utf8");

const { scripts, version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
};

/**
 * The arguments of one instruction in the last stage, in order. As in Docker, case and indentation do not matter, and a
 * backslash continues a line. Earlier stages only provide files.
 */
const inLastStage = (text: string, instruction: string): readonly string[] => {
  const lines = text
    .replaceAll(/\\[ \t]*\n/g, " ")
    .split("\n")
    .map((line) => /^\s*([a-z]+)\s+(.*?)\s*$/i.exec(line));
  const stage = lines.slice(lines.findLastIndex((line) => line?.[1]?.toUpperCase() === "FROM"));
  return stage.flatMap((line) => (line?.[1]?.toUpperCase() === instruction ? [line[2] ?? ""] : []));
};

describe("the image", () => {
  it("contains only the bundle and the init besides its base, so no node_modules", () => {
    expect(inLastStage(dockerfile, "COPY")).toEqual([
      "--from=init /usr/bin/tini-static /usr/local/bin/tini",
      "--from=build /app/dist ./dist",
    ]);
    expect(inLastStage(dockerfile, "ADD")).toEqual([]);
    expect(inLastStage(dockerfile, "RUN").join("\n")).not.toMatch(/npm|node /);
  });

  it("is built from the files that .dockerignore lets through", () => {
    const ignore = readFileSync(join(ROOT, ".dockerignore"), "utf8").trimEnd().split("\n");
    expect(ignore[0]).toBe("*");
    const [, build = ""] = /^FROM \S+ AS build$([^]*?)^FROM /m.exec(dockerfile) ?? [];
    const sources = [...build.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, names = ""]) => names.split(" "));
    expect(ignore.slice(1).toSorted()).toEqual(sources.map((name) => `!${name}`).toSorted());

    const folder = mkdtempSync(join(tmpdir(), "wa-token-image-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const name of sources) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    const [, script = ""] = /^RUN node (\S+)$/m.exec(build) ?? [];
    execFileSync(process.execPath, [script], { cwd: folder });
    rmSync(join(folder, "node_modules"));
    const said = execFileSync(process.execPath, ["dist/main.js", "--version"], { cwd: folder, encoding: "utf8" });
    expect(said).toBe(`${version}\n`);
  });
});

const userOf = (text: string): string | undefined => inLastStage(text, "USER").at(-1);

/** The user must be a number, because Kubernetes refuses a name under runAsNonRoot. It must not be root's number. */
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
      (text: string) => text.replace(/^USER .*\n/m, "").replace("AS build\n", "AS build\nUSER 1000\n"),
    ],
    ["root again at the end", (text: string) => `${text}USER root\n`],
    ["root again in small letters", (text: string) => `${text}user root\n`],
    ["root again in an indented line", (text: string) => `${text}  USER 0\n`],
    ["root again on a continued line", (text: string) => `${text}USER \\\n  root\n`],
    ["a variable", (text: string) => `${text}USER $BOT_USER\n`],
    ["missing in a stage after it", (text: string) => `${text}FROM debian AS last\n`],
    ["root in a stage after it", (text: string) => `${text}from runtime as last\nUSER 0\n`],
  ])("fails the check when it is %s", (_name, change) => {
    expect(isNotRoot(userOf(change(dockerfile)))).toBe(false);
  });

  it("can be any other number in group 0, as on OpenShift", () => {
    expect(dockerfile).toContain("RUN install -d -o 1000 -g 0 -m u=rwx,g=u,o= /data");
  });
});

describe("the image's base and start command", () => {
  it("names its base by tag and digest, in the version of the tests", () => {
    const [, base = ""] = /^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile) ?? [];
    expect(base).toMatch(/^docker\.io\/library\/node:\d+\.\d+\.\d+-slim@sha256:[0-9a-f]{64}$/);
    const nodeVersion = readFileSync(join(ROOT, ".node-version"), "utf8").trim();
    expect(base).toContain(`node:${nodeVersion}-slim@`);
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, name]) => name);
    expect(new Set(bases)).toEqual(new Set(["${NODE_IMAGE}"]));
  });

  it("starts under an init, and no signal can open a debugger", () => {
    // Exactly one instruction: a later one would win, and a wrapper could become root again.
    expect(inLastStage(dockerfile, "ENTRYPOINT").map((json): unknown => JSON.parse(json))).toEqual([
      ["tini", "-s", "--", "node", "--disable-sigusr1", "dist/main.js"],
    ]);
    expect(inLastStage(dockerfile, "CMD")).toEqual(['["run"]']);
    for (const name of ["start", "wa-token"]) expect(scripts[name]).toBe("node --disable-sigusr1 src/main.ts");
  });

  it("gives nobody root's permissions", () => {
    expect(inLastStage(dockerfile, "RUN").join("\n")).not.toMatch(
      /chmod|chown|setcap|sudo|gosu|install [^\n]*-m ?[2-7]\d{3}/,
    );
  });

  it("listens on IPv6 and IPv4", () => {
    expect(dockerfile).toMatch(/^ {4}OPS_HOST=::$/m);
  });
});

/** The script of the health check, as Docker passes it to node. */
const script = (): string => {
  const [, json = "[]"] = /^HEALTHCHECK[^[]*?CMD (\[.+\])$/m.exec(dockerfile) ?? [];
  const [, , code = ""] = JSON.parse(json) as readonly string[];
  return code;
};

/** The URL that the health check requests, when the server gives this answer. */
const asked = (env: Readonly<Record<string, string>>, answer: string): string =>
  execFileSync(
    process.execPath,
    ["-e", `globalThis.fetch = async (url) => { console.log(url); ${answer} };\n${script()}`],
    { env, encoding: "utf8" },
  ).trim();

describe("the image's health check", () => {
  it("is the only one", () => {
    expect(inLastStage(dockerfile, "HEALTHCHECK")).toEqual([
      expect.stringMatching(/^--interval=.* CMD \["node", "-e", /),
    ]);
  });

  it.each([
    [{}, "http://127.0.0.1:9464/healthz"],
    [{ OPS_HOST: "" }, "http://127.0.0.1:9464/healthz"],
    [{ OPS_HOST: "0.0.0.0", OPS_PORT: "8000" }, "http://127.0.0.1:8000/healthz"],
    [{ OPS_HOST: "::" }, "http://127.0.0.1:9464/healthz"],
    [{ OPS_HOST: "10.0.0.7" }, "http://10.0.0.7:9464/healthz"],
    [{ OPS_HOST: "::1" }, "http://[::1]:9464/healthz"],
  ])("with %j requests %s", (env, url) => {
    expect(asked(env, "return { ok: true };")).toBe(url);
  });

  it.each(["return { ok: false };", 'throw new Error("refused");'])("fails on %s", (answer) => {
    expect(() => asked({}, answer)).toThrow(expect.objectContaining({ status: 1 }));
  });
});
