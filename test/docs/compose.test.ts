import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadConfig } from "../../src/config/load.ts";
import { ROOT } from "./markdown.ts";

interface Service {
  readonly image?: string;
  readonly profiles?: readonly string[];
  readonly deploy?: { readonly replicas: number };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly build?: string;
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly ulimits?: { readonly core?: number };
  readonly privileged?: boolean;
  readonly read_only?: boolean;
  readonly entrypoint?: unknown;
  readonly command?: unknown;
  readonly healthcheck?: object;
  readonly ports?: readonly string[];
}

const { services } = parse(readFileSync(join(ROOT, "compose.yaml"), "utf8"), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};

describe("compose.yaml", () => {
  it("starts one bot without the profile replicas", () => {
    const unasked = Object.entries(services).filter(([, { profiles }]) => profiles === undefined);
    expect(unasked.map(([name]) => name)).toEqual(["wa-token"]);
  });

  it("has two replicas that wait until PostgreSQL is healthy", () => {
    const { replica, postgres } = services;
    expect(replica).toMatchObject({
      profiles: ["replicas"],
      deploy: { replicas: 2 },
      depends_on: { postgres: { condition: "service_healthy" } },
    });
    expect(postgres).toMatchObject({ profiles: ["replicas"], healthcheck: expect.anything() });
  });

  it.each(Object.entries(services))(
    "gives %s no capabilities, limits on memory and processes, and no core dumps",
    (_, service) => {
      expect(service).toMatchObject({
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
        mem_limit: expect.stringMatching(/^\d+[mg]$/),
        pids_limit: expect.any(Number),
        ulimits: { core: 0 },
      });
      expect(service.cap_add).toBeUndefined();
      expect(service.privileged).toBeUndefined();
    },
  );

  it.each(["wa-token", "replica"])(
    "runs %s as the image says: same user, same start, files that nobody can change",
    (name) => {
      const { user, entrypoint, command, read_only: readOnly, healthcheck } = services[name] ?? {};
      // The image's user is not root. An own user here would replace it.
      expect({ user, entrypoint, command, healthcheck, readOnly }).toEqual({ readOnly: true });
    },
  );

  it("opens its ports on this machine only", () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports).toHaveLength(2);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it("names each foreign image by tag and digest, and its user by number", () => {
    const foreign = Object.values(services).filter(({ build }) => build === undefined);
    expect(foreign).not.toEqual([]);
    for (const { image, user } of foreign) {
      expect(image).toMatch(/:[\w.]+@sha256:[0-9a-f]{64}$/);
      expect(user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    }
  });

  it("gives the replicas the address of its own database", async () => {
    const env = Object.fromEntries(
      Object.entries(services["replica"]?.environment ?? {}).map(([name, value]) => [
        name,
        value.replace("${POSTGRES_PASSWORD:-}", "abc123"),
      ]),
    );
    const result = await loadConfig({ env, dotenv: {}, readFile: () => "" });
    const made = services["postgres"]?.environment;
    expect(result.ok && result.config.databaseUrl).toMatchObject({
      kind: "postgres",
      host: "postgres",
      user: made?.["POSTGRES_USER"],
      database: made?.["POSTGRES_DB"],
      tls: { kind: "disable" },
    });
  });
});
