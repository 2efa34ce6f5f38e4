import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isBuiltin, SourceMap, type SourceMapPayload } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../../sandbox/world.ts";
import manifest from "../../package.json" with { type: "json" };
import { type ChildOutcome, MAIN, runChild, SOURCES } from "../cli/child.ts";
import { alertsSeen, ask, askOps, aWorld, MODES } from "../flows/flow.ts";
import { startProcess } from "../flows/running/bot-process.ts";
import { ORDERS } from "../flows/watched.ts";

/** The bundle that all tests of the run start. */
const FOLDER = dirname(MAIN);

const filesIn = (path: string): readonly string[] => readdirSync(path, { recursive: true, encoding: "utf8" });

describe("the bundle", () => {
  it("is a package with the command and without dependencies", () => {
    const { name, version, bin, ...rest } = JSON.parse(readFileSync(join(FOLDER, "package.json"), "utf8")) as {
      readonly [key: string]: unknown;
    };
    expect({ name, version, bin }).toEqual({
      name: "wa-token",
      version: manifest.version,
      bin: { "wa-token": "main.js" },
    });
    expect(Object.keys(rest).filter((key) => /dependencies|scripts/i.test(key))).toEqual([]);
  });

  it("imports only its own files and modules of Node.js", async () => {
    const { metafile } = await build({
      entryPoints: [join(FOLDER, "main.js")],
      bundle: true,
      packages: "external",
      format: "esm",
      platform: "node",
      write: false,
      metafile: true,
    });
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
    const others = imports.filter(({ external }) => external === true).map(({ path }) => path);
    expect(others).toContain("node:sqlite");
    expect(others.filter((path) => !isBuiltin(path))).toEqual([]);
  });

  it("has the licences of all packages that it contains, and each allows this use", () => {
    const text = readFileSync(join(FOLDER, "THIRD-PARTY-LICENCES.txt"), "utf8");
    const named = Object.entries(manifest.dependencies).map(([name, version]) => `${name} ${version}: `);
    expect(named.filter((title) => !text.includes(title))).toEqual([]);
    // A dependency of a dependency, with its own text.
    expect(text).toMatch(/^safe-stable-stringify \S+: MIT\n\n.*MIT License/m);
    const titles = [...text.matchAll(/^(?:@[\w.-]+\/)?[\w.-]+ \d+\.\d+\.\d+: (.+)$/gm)].map(([, licence]) => licence);
    const allowed = new Set<string | undefined>(["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause"]);
    expect(titles.length).toBeGreaterThan(50);
    expect(titles.filter((title) => !allowed.has(title))).toEqual([]);
    expect(readFileSync(join(FOLDER, "LICENSE"), "utf8")).toContain("MIT License");
  });

  it("has no notice of a package between its code, where one character doubles the memory of the file", () => {
    const textsOf = (ending: string): readonly string[] =>
      filesIn(FOLDER)
        .filter((file) => file.endsWith(ending))
        .map((file) => readFileSync(join(FOLDER, file), "utf8"));
    expect(textsOf(".LEGAL.txt").join("\n")).toContain("undici/lib/web/websocket/frame.js:\n  /*! ws. MIT License.");
    const scripts = textsOf(".js");
    const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0);
    // Our own sentences and patterns have such characters.
    expect(lengthOf(scripts.filter((text) => /\P{ASCII}/u.test(text))) / lengthOf(scripts)).toBeLessThan(0.25);
  });

  it("leaves out what only unused parts of Bolt need", () => {
    const text = readFileSync(join(FOLDER, "THIRD-PARTY-LICENCES.txt"), "utf8");
    expect(text).toMatch(/^@slack\/bolt \d/m);
    expect(text).not.toMatch(/^(?:express|body-parser|jsonwebtoken|semver) \d/m);
  });

  it("has source maps that name the place in the sources", () => {
    const scripts = filesIn(FOLDER).filter((file) => file.endsWith(".js"));
    const holder = scripts.find((file) => readFileSync(join(FOLDER, file), "utf8").includes("function scrubLine("));
    const [before = ""] = readFileSync(join(FOLDER, holder ?? ""), "utf8").split("function scrubLine(");
    const map = JSON.parse(readFileSync(join(FOLDER, `${holder}.map`), "utf8")) as SourceMapPayload;
    const entry = new SourceMap(map).findEntry(before.split("\n").length - 1, 0);
    expect(entry).toHaveProperty("originalSource", expect.stringMatching(/\/src\/log\.ts$/));
  });

  it("loads each of its parts", async () => {
    const parts = filesIn(FOLDER).filter((file) => file.endsWith(".js") && file !== "main.js");
    const script = join(FOLDER, "../load.mjs");
    writeFileSync(script, parts.map((file) => `await import("./bundle/${file}");`).join("\n"));
    expect(await runChild([], { cwd: FOLDER, main: script })).toEqual({ code: 0, out: "", err: "" });
  });
});

describe("a command of the bundle", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ mode: "socket", start: new Date() });
  });
  afterAll(() => world.close());

  it.each([[["check", "--stdin"]], [["doctor"]]])(
    "%j gives the same exit code and text as from the sources",
    async (argv) => {
      const setting = { env: world.env, cwd: world.dataDir, stdin: world.tokens.sixtyDay };
      const [sources, bundle] = await Promise.all([
        runChild(argv, { ...setting, main: SOURCES }),
        runChild(argv, setting),
      ]);
      const alike = ({ code, out, err }: ChildOutcome) => ({
        code,
        // Times and trace IDs differ.
        text: `${out}${err}`.replaceAll(/trace \w+/g, "trace").replaceAll(/\d/g, "0"),
      });
      expect(alike(bundle)).toEqual(alike(sources));
      expect(sources.out).not.toBe("");
    },
  );
});

/** Lets a process print at its end which built-in modules with this name it has loaded. */
const reportLoaded = (name: string): string => {
  const script = `process.on("exit", () => console.error("loaded:", process.moduleLoadList.filter((one) => one.includes("${name}"))))`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
};

describe.each(MODES)("the bot from the bundle over %s", (mode) => {
  it("does not load the undici of Node.js itself, which would take a tenth of the start", async () => {
    const world = await aWorld({ mode, start: new Date() });
    const bot = startProcess(world, ["run"], { NODE_OPTIONS: reportLoaded("deps/undici") });
    await bot.says("tick ended");
    bot.signal("SIGTERM");
    expect(await bot.ended).toMatchObject({ code: 0 });
    expect(bot.output()).toContain("loaded: []");
  });
});

// The other tests start the bundle.
describe.each(MODES)("the bot from the sources, without a build, over %s", (mode) => {
  it("gets ready, reports a token that expires, answers a command and stops", async () => {
    const world = await aWorld({ mode, start: new Date(), watchlist: ORDERS });
    world.tokenFile("orders").write(world.tokens.sixtyDay);
    const bot = startProcess(world, ["run"], {}, { main: SOURCES });
    await bot.says("tick ended");
    expect(await askOps(world, "/readyz")).toMatchObject({ status: 200 });
    const robin = world.slack.person("robin");
    const alert = await world.slack.waitFor(() => alertsSeen({ robin })[0]);
    expect(alert.text).toContain("*orders-prod: token expiring*");
    expect((await ask(world, robin, "help")).text).toContain("/wa-token guide");
    bot.signal("SIGTERM");
    expect(await bot.ended).toMatchObject({ code: 0 });
    expect(bot.output()).not.toMatch(/"level":"(?:error|fatal)"/);
  });
});
